import Foundation
import Notifications
import Orchestration
import Training
import TrainingPorts

/// The operator's notifications of one house: ways, desk and connections.
struct NoticeService: Sendable {
    let outlet: NoticeOutlet
    private let desk: NoticeDesk
    private let office: PostOffice
    private let complaints: [String]
    private let engine: TrainingOrchestrator

    /// - Parameter folder: the source's part of the state folder; what was told is remembered there.
    init(_ settings: Settings, folder: String, engine: TrainingOrchestrator, signals: SignalCare) {
        outlet = NoticeOutlet(isReserved: signals == .terminal)
        office = PostOffice()
        let (notifiers, complaints) = settings.notifiers(
            office: office, environment: ProcessInfo.processInfo.environment, outlet: outlet)
        let (kinds, complaint) = settings.noticeKinds
        self.complaints = settings.warnings + complaints + [complaint].compactMap(\.self)
        self.engine = engine
        desk = NoticeDesk(notifiers, kinds: kinds, markFile: folder + "/notified") { await engine.note($0, .warning) }
    }

    /// Tells until the task is cancelled.
    func run() async {
        for complaint in complaints { await engine.note(complaint, .warning) }
        await desk.run(engine)
    }

    /// Tells what is left; the engine must still be there.
    func finish() async { await desk.finish(engine) }

    /// Ends the connections; must be called before the last reference goes.
    func shutdown() async { await office.shutdown() }
}
