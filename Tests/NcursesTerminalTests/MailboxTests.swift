import Testing

@testable import NcursesTerminal

@Suite("The mailbox and the pace of frames")
struct MailboxTests {
    @Test("messages come out in order, and the loop is woken once")
    func order() throws {
        let mailbox = try Mailbox<Int> { _ in true }
        for number in 0..<5 { mailbox.post(number) }
        #expect(mailbox.wakeUp.drain().count == 1)
        #expect(mailbox.takeAll() == [0, 1, 2, 3, 4])
        #expect(mailbox.takeAll() == [])
        mailbox.post(9)
        #expect(mailbox.wakeUp.drain().count == 1)
    }

    @Test("when it is full the oldest that may be dropped is, and is counted")
    func dropping() throws {
        let mailbox = try Mailbox<Int>(capacity: 3) { $0 % 2 == 0 }
        for number in 1...6 { mailbox.post(number) }
        #expect(mailbox.takeAll() == [1, 3, 5])
        #expect(mailbox.droppedCount == 3)
    }

    @Test("what may not be dropped is kept beyond the capacity")
    func keeping() throws {
        let mailbox = try Mailbox<Int>(capacity: 2) { $0 == 0 }
        for number in [1, 2, 3, 0] { mailbox.post(number) }
        #expect(mailbox.takeAll() == [1, 2, 3])
        #expect(mailbox.droppedCount == 1)
    }

    @Test("posts from many tasks at once are all there")
    func concurrency() async throws {
        let mailbox = try Mailbox<Int>(capacity: 10_000) { _ in false }
        await withTaskGroup(of: Void.self) { group in
            for task in 0..<8 { group.addTask { for number in 0..<500 { mailbox.post(task * 500 + number) } } }
        }
        #expect(Set(mailbox.takeAll()).count == 4000)
    }

    @Test("a patient message wakes no loop that wakes by itself within a second, and is read with what does")
    func patience() throws {
        let mailbox = try Mailbox<Int>(isDroppable: { _ in false }, isPatient: { $0 < 10 })
        mailbox.readerWakes(at: .now + .milliseconds(900))
        mailbox.post(1)
        #expect(mailbox.wakeUp.drain().isEmpty)
        mailbox.post(10)
        mailbox.post(2)
        #expect(mailbox.wakeUp.drain().count == 1)
        #expect(mailbox.takeAll() == [1, 10, 2])
    }

    @Test("a patient message wakes a loop that sleeps longer, or without an end")
    func noPatience() throws {
        let mailbox = try Mailbox<Int>(isDroppable: { _ in false }, isPatient: { _ in true })
        mailbox.post(1)
        #expect(mailbox.wakeUp.drain().count == 1)
        #expect(mailbox.takeAll() == [1])
        mailbox.readerWakes(at: .now + .seconds(60))
        mailbox.post(2)
        #expect(mailbox.wakeUp.drain().count == 1)
        mailbox.readerWakes(at: .now + .milliseconds(900))
        #expect(mailbox.takeAll() == [2])
        // Until it has said when it wakes next, it may be about to sleep for ever.
        mailbox.post(3)
        #expect(mailbox.wakeUp.drain().count == 1)
    }

    @Test("a frame waits for the rest of its interval after the last one")
    func pacing() {
        var pacer = FramePacer(framesPerSecond: 10)
        let start = ContinuousClock.now
        #expect(pacer.delay(at: start) == .zero)
        pacer.drew(at: start)
        #expect(pacer.delay(at: start + .milliseconds(30)) == .milliseconds(70))
        #expect(pacer.delay(at: start + .milliseconds(100)) == .zero)
    }
}
