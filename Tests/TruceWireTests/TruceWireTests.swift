// The suite of TruceWire.
import Testing
