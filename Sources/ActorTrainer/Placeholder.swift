import ArgumentParser
import AsyncAlgorithms
import AsyncHTTPClient
import Configuration
import Crypto
import Hummingbird
import Logging
import ServiceLifecycle
import Subprocess

@main
struct Main { static func main() async {} }
