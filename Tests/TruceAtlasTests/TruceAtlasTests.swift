// The suite of TruceAtlas.
import Testing
