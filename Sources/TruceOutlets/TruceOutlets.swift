// TruceOutlets: a situation to the forms that people and programs read. Everything here is a pure function of values.
public import TruceAtlas
public import TruceModel
public import TruceSituation

/// Looks a claim up by its id; nil where there is none.
public typealias ClaimLookup = @Sendable (ClaimID) -> Claim?
