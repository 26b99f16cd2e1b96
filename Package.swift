// swift-tools-version: 6.2

import PackageDescription

/// One list of settings for every Swift target, so that no room is laxer than another.
/// Warnings become errors in CI only: a half-written line should not stop a local build.
let settings: [SwiftSetting] =
    [
        .swiftLanguageMode(.v6),
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("InternalImportsByDefault"),
    ] + (Context.environment["CI"] == nil ? [] : [.treatAllWarnings(as: .error)])

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let asyncAlgorithms = Target.Dependency.product(name: "AsyncAlgorithms", package: "swift-async-algorithms")
let asyncHTTPClient = Target.Dependency.product(name: "AsyncHTTPClient", package: "async-http-client")
let collections = Target.Dependency.product(name: "Collections", package: "swift-collections")
let configuration = Target.Dependency.product(name: "Configuration", package: "swift-configuration")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore = Target.Dependency.product(name: "HummingbirdCore", package: "hummingbird")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioEmbedded = Target.Dependency.product(name: "NIOEmbedded", package: "swift-nio")
let nioHTTPTypes = Target.Dependency.product(name: "NIOHTTPTypes", package: "swift-nio-extras")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let serviceLifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let unixSignals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")
let subprocess = Target.Dependency.product(name: "Subprocess", package: "swift-subprocess")

/// Where the headers of ncursesw are not on the compiler's own path, pkg-config has to tell. Debian's are, and its flags would only
/// be refused with a warning.
#if os(Linux)
    let ncursesw: String? = nil
#else
    let ncursesw: String? = "ncursesw"
#endif

/// A room of the house, in `Sources/NAME`. Its dependencies are the arrows that are allowed; the compiler refuses the others.
func room(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

/// What several rooms' tests share, in `Tests/NAME`.
func support(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .target(name: name, dependencies: dependencies, path: "Tests/\(name)", swiftSettings: settings)
}

/// The tests of a room, in `Tests/NAMETests`.
func tests(of name: String, _ dependencies: [Target.Dependency] = [], resources: [Resource] = []) -> Target {
    .testTarget(
        name: "\(name)Tests",
        dependencies: [.target(name: name)] + dependencies,
        resources: resources,
        swiftSettings: settings
    )
}

let package = Package(
    name: "actor-trainer",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "actor-trainer", targets: ["ActorTrainer"])
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-configuration", exact: "1.4.0", traits: [.defaults, "YAML"]),
        .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
        .package(url: "https://github.com/apple/swift-async-algorithms", exact: "1.1.4"),
        .package(url: "https://github.com/apple/swift-collections", exact: "1.6.0"),
        .package(url: "https://github.com/apple/swift-http-types", exact: "1.8.0"),
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", exact: "1.35.2"),
        .package(url: "https://github.com/swift-server/async-http-client", exact: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1"),
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", exact: "1.0.2"),
    ],
    targets: [
        // Pure rooms: values in, values out.
        room("JSONText"),
        room("Training", ["JSONText", collections]),
        room("TrainingPorts", ["Training", "JSONText"]),
        room("EngineAPI", ["Training"]),
        room("TerminalUI"),
        room("Dashboard", ["Training", "EngineAPI", "TerminalUI"]),
        room("PlainOutput", ["Training", "EngineAPI", "TerminalUI", "JSONText"]),

        // The engine.
        room("Orchestration", ["Training", "TrainingPorts", "EngineAPI", "JSONText", logging]),

        // The edges.
        .systemLibrary(
            name: "CNcurses",
            pkgConfig: ncursesw,
            providers: [.apt(["libncurses-dev"]), .brew(["ncurses"])]
        ),
        .target(name: "CTerminalGuard"),
        room("NcursesTerminal", ["CNcurses", "CTerminalGuard", "TerminalUI"]),
        room("ActorMakerClient", ["Training", "TrainingPorts", "JSONText", asyncHTTPClient, nioCore, nioHTTP1, nioPosix]),
        room("HTTPServing", [hummingbird, hummingbirdCore, nioCore, nioHTTP1, serviceLifecycle]),
        room(
            "ActorMakerServer",
            ["HTTPServing", "Training", "TrainingPorts", "JSONText", hummingbird, httpTypes, logging, nioCore]),
        room("RunPod", ["Training", "TrainingPorts", "JSONText", asyncHTTPClient, nioCore, nioHTTP1, nioPosix]),
        room(
            "RunPodSimulator",
            [
                "HTTPServing", "RunPod", "Training", "TrainingPorts", "JSONText", "ObjectStorage", hummingbird, asyncHTTPClient,
                logging, nioCore, nioHTTP1, nioPosix,
            ]),
        room(
            "WebhookListener",
            [
                "HTTPServing", "Training", "TrainingPorts", "JSONText", "RunPod", hummingbird, crypto, logging, httpTypes,
                nioCore,
                nioHTTPTypes,
            ]),
        room("ObjectStorage", ["Training", "TrainingPorts", "JSONText", asyncHTTPClient, crypto, nioCore, nioHTTP1, nioPosix]),
        room(
            "Notifications",
            [
                "EngineAPI", "Training", "TrainingPorts", "TerminalUI", "JSONText", asyncHTTPClient, subprocess, nioCore,
                nioHTTP1,
                nioPosix,
            ]),
        room("Tunnel", ["TrainingPorts", "JSONText", asyncHTTPClient, subprocess, nioCore, nioHTTP1]),
        room("Journal", ["Training", "TrainingPorts", "JSONText", grdb, crypto]),
        room("SystemSurroundings", ["Training", "TrainingPorts", crypto, nioCore, nioPosix]),
        // A resource must lie under its target's path, and the demo project lies in `assets`: so this room's path is the root.
        .target(
            name: "DemoProject",
            path: ".",
            sources: ["Sources/DemoProject"],
            resources: [.copy("assets/demo-project")],
            swiftSettings: settings
        ),

        // The program.
        .executableTarget(
            name: "ActorTrainer",
            dependencies: [
                "JSONText", "Training", "TrainingPorts", "EngineAPI", "TerminalUI", "Dashboard", "PlainOutput", "Orchestration",
                "NcursesTerminal", "CTerminalGuard", "ActorMakerClient", "ActorMakerServer", "RunPod", "RunPodSimulator",
                "WebhookListener", "ObjectStorage", "Tunnel", "Notifications", "Journal", "DemoProject", "SystemSurroundings",
                unixSignals,
                argumentParser, asyncAlgorithms, asyncHTTPClient, configuration, crypto, hummingbird, logging, serviceLifecycle,
                subprocess, nioCore, nioHTTP1, nioPosix,
            ],
            swiftSettings: settings
        ),

        // What tests run and share; part of no product.
        support("ChanceTestSupport", []),
        support("TrainingTestSupport", ["ChanceTestSupport", "Training", "TrainingPorts", "EngineAPI", "JSONText"]),
        support("ActorMakerTestSupport", ["Training", "TrainingPorts", "JSONText"]),
        support("HTTPTestSupport", [hummingbird, httpTypes, logging, nioCore, nioPosix]),
        support("TmuxHarness", ["WaitingTestSupport", subprocess]),
        support("WaitingTestSupport", []),
        .executableTarget(
            name: "TerminalProbe",
            dependencies: ["NcursesTerminal", "TerminalUI"],
            path: "Tests/TerminalProbe",
            swiftSettings: settings
        ),

        // `swift run -c release DashboardBenchmark`: the program under a pseudo-terminal, beside a list in C. Part of no product.
        .executableTarget(
            name: "DashboardBenchmark",
            dependencies: [
                "ActorTrainer", "DemoProject", "JSONText", "Journal", "RunPodSimulator", "SystemSurroundings", "Training",
                "TrainingPorts",
            ],
            path: "Tests/DashboardBenchmark",
            resources: [.copy("Resources")],
            swiftSettings: settings
        ),

        // Tests, one target a room.
        tests(
            of: "ActorMakerClient",
            [
                "ActorMakerServer", "ActorMakerTestSupport", "Training", "TrainingPorts", "JSONText", hummingbird, httpTypes,
                logging,
                nioCore, nioPosix,
            ]),
        tests(
            of: "ActorMakerServer",
            [
                "ActorMakerTestSupport", "Training", "TrainingPorts", "JSONText", "WaitingTestSupport", asyncHTTPClient, nioCore,
                nioHTTP1,
            ]),
        tests(
            of: "ActorTrainer",
            [
                "ActorMakerClient", "DemoProject", "HTTPTestSupport", "TmuxHarness", "JSONText", "ObjectStorage",
                "RunPodSimulator",
                "SystemSurroundings", "Training",
                "TrainingPorts", "TrainingTestSupport", "WaitingTestSupport", asyncHTTPClient, hummingbird,
                httpTypes, logging, nioCore, nioHTTP1, nioPosix, subprocess,
            ]),
        tests(of: "Dashboard", ["ChanceTestSupport", "EngineAPI", "TerminalUI", "Training"]),
        tests(of: "DemoProject"),
        tests(of: "HTTPServing"),
        tests(
            of: "Journal", ["TrainingTestSupport", "SystemSurroundings", "WaitingTestSupport", grdb],
            resources: [.copy("Fixtures")]),
        tests(of: "JSONText", ["ChanceTestSupport"]),
        tests(of: "NcursesTerminal", ["TerminalUI", "CNcurses", "TmuxHarness", "TerminalProbe", "WaitingTestSupport"]),
        tests(
            of: "Notifications",
            [
                "EngineAPI", "Training", "TrainingPorts", "TrainingTestSupport", "TerminalUI", "JSONText", "WaitingTestSupport",
                hummingbird, httpTypes,
                logging, nioCore,
            ]),
        tests(
            of: "ObjectStorage",
            ["Training", "TrainingPorts", "JSONText", asyncHTTPClient, crypto, nioCore, nioHTTP1, nioPosix],
            resources: [.copy("Fixtures")]),
        tests(
            of: "Orchestration",
            [
                "ChanceTestSupport", "Training", "TrainingPorts", "TrainingTestSupport", "EngineAPI", "JSONText",
                "RunPodSimulator", "SystemSurroundings", "WaitingTestSupport",
            ]),
        tests(of: "PlainOutput", ["Training", "EngineAPI", "JSONText", "TerminalUI"]),
        tests(of: "RunPod", ["Training", "TrainingPorts", "JSONText", "WaitingTestSupport", nioCore, nioEmbedded, nioPosix]),
        tests(
            of: "RunPodSimulator",
            ["RunPod", "Training", "TrainingPorts", "JSONText", "ObjectStorage", "WaitingTestSupport", hummingbird, nioCore]),
        tests(of: "SystemSurroundings", ["Training"]),
        tests(of: "TerminalUI", ["ChanceTestSupport"]),
        tests(of: "Training", ["TrainingPorts", "TrainingTestSupport", "JSONText"]),
        tests(
            of: "Tunnel",
            [
                "DemoProject", "EngineAPI", "HTTPTestSupport", "JSONText", "ObjectStorage", "Orchestration", "RunPod",
                "RunPodSimulator", "SystemSurroundings", "Training", "TrainingPorts", "TrainingTestSupport", "WebhookListener",
                "WaitingTestSupport",
                asyncHTTPClient,
                hummingbird, httpTypes, logging, nioCore,
                nioHTTP1, nioPosix,
            ]),
        tests(
            of: "WebhookListener",
            ["Training", "TrainingPorts", "TrainingTestSupport", asyncHTTPClient, nioCore, nioHTTP1, nioPosix]),
    ]
)

// What is not the demo project's own is excluded from its path, or each file there would be reported as unhandled.
for demoProject in package.targets where demoProject.name == "DemoProject" {
    let others = package.targets.filter { $0.type != .test && $0.path == nil }
    demoProject.exclude = ["README.md", "Tests", "assets/generate-demo-project.py"] + others.map { "Sources/\($0.name)" }
}
