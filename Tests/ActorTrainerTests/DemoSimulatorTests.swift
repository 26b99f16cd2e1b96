import Foundation
import JSONText
import RunPodSimulator
import Testing
import TmuxHarness
import WaitingTestSupport

@testable import ActorTrainer

@Suite("The demo's simulator")
struct DemoSimulatorTests {
    @Test("it is started so that it lasts as long as somebody has the demo")
    func lasts() {
        let simulator = DemoSimulator(demo: "/state/demo", timeScale: nil, faults: ["lost"], onlyLooks: false)
        #expect(
            simulator.arguments == [
                "simulate", "--directory", "/state/demo/simulator", "--exit-when-idle", "--needed-by", "/state/demo", "--fault",
                "lost",
            ])
    }

    @Test("where it has ended under an open dashboard, a start brings it back, at its own pace")
    func revived() async throws {
        try await ProgramUnderTest.inFolder { program in
            try await program.dashboard("--demo", "--time-scale", "90") { screen in
                try await screen.wait(for: "15 of 40 eligible")
                let folder = program.demo.appending(path: "simulator")
                let first = try #require(await SimulatorFinder(stateDirectory: folder).find())
                try await program.endSimulator()
                try await screen.start(1)
                try await screen.wait(for: "IN_PROGRESS")
                let second = try #require(await SimulatorFinder(stateDirectory: folder).find())
                #expect(second.description.pid != first.description.pid && second.address == first.address)
                #expect(second.description.scale == 90 && second.description.accepted == 1)
                try await screen.type("qy")
                try await screen.waitForEnd()
            }
        }
    }

    @Test("its pace stays as it was where none is asked for, and whatever is asked for where a command only looks")
    func pace() async throws {
        try await ProgramUnderTest.inFolder { program in
            func pace() throws -> Double? { try program.file("simulator/clock.json")["scale"]?.double }
            #expect(try await program("actors", "--demo", "--time-scale", "240").code == 0)
            #expect(try pace() == 240, "of a new one")
            let looks = [
                ["actors"], ["train", "--dry-run"], ["actors", "--time-scale", "30"],
                ["train", "--dry-run", "--time-scale", "30"],
                ["doctor", "--time-scale", "30"], ["cancel", "j7", "--read-only", "--time-scale", "30"], ["cancel", "j7"],
            ]
            for arguments in looks {
                _ = try await program.run(arguments + ["--demo"])
                #expect(try pace() == 240, "\(arguments)")
            }
            _ = try await program("cancel", "j7", "--demo", "--time-scale", "30")
            #expect(try pace() == 30, "one that may change something changes it")
            try await program.endSimulator()
            #expect(try await program("actors", "--demo", "--time-scale", "240").code == 0)
            #expect(try pace() == 30, "nor does starting it again")
        }
    }
}

extension ProgramUnderTest {
    /// Ends the demo's simulator, and waits until its process has let go of its folder.
    fileprivate func endSimulator() async throws {
        let found = try #require(await SimulatorFinder(stateDirectory: demo.appending(path: "simulator")).find())
        #expect(await SimulatorFinder.stop(found.address.url))
        try await eventually("it has ended") {
            let state = try await ProcessTable.state(of: Int32(found.description.pid))
            return state.isEmpty || state.hasPrefix("Z")
        }
    }
}
