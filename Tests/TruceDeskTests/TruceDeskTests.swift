// The suite of TruceDesk.
import Testing
