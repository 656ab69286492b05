// The suite of TruceOutlets.
import Testing
