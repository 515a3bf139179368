package knowledge

// fitted holds the weights of the verdict.
var fitted = model{
	fBias: -1.5, fShare: 2, fTop3: 2, fScore: 2, fRarest: -2, fUnspoken: -3, fUnknown: -1, fEntity: -.5,
	fNumber: -.2, fKind: .3, fFew: .3, fField: .5,
}
