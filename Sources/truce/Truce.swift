// The command line.
@main struct Truce { static func main() {} }
