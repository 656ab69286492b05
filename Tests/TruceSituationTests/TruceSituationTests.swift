// The suite of TruceSituation.
import Testing
