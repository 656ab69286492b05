// The suite of TruceModel.
import Testing
