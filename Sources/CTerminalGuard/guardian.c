#include "terminal_guard.h"

#include "guard.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* Names the guardian's process and the descriptor for reports; a leftover of another process does not fit the parent. */
static const char marker[] = "ACTOR_TRAINER_GUARDED";

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* What the terminal sends to the whole process group is the program's business. */
static const int ignored[] = {SIGINT, SIGQUIT, SIGTSTP, SIGTTIN, SIGTTOU};
/* What is sent to the guardian by its number is meant for the program. */
static const int forwarded[] = {SIGTERM, SIGHUP};

static volatile sig_atomic_t guarded = 0;

static void forward(int number) {
    int saved = errno;
    if (guarded > 0) kill((pid_t)guarded, number);
    errno = saved;
}

static void set_handler(int number, void (*handler)(int)) {
    struct sigaction action = {0};
    action.sa_handler = handler;
    sigemptyset(&action.sa_mask);
    sigaction(number, &action, NULL);
}

/* Makes the directory and those above it; the last one is for its owner alone, for a report may quote arguments. */
static void make_crash_directory(const char *directory) {
    char path[4096];
    size_t length = strlen(directory);
    if (length == 0 || length >= sizeof path) return;
    memcpy(path, directory, length + 1);
    for (size_t i = 1; i < length; i++) {
        if (path[i] != '/') continue;
        path[i] = 0;
        mkdir(path, 0755);
        path[i] = '/';
    }
    mkdir(path, 0700);
    chmod(path, 0700);
}

/* Closes the reports to others; true where one with words in it was written since `began`, so of this very crash. */
static int protect_crash_reports(const char *directory, time_t began) {
    DIR *opened = opendir(directory);
    if (!opened) return 0;
    int has_new = 0;
    for (struct dirent *entry = readdir(opened); entry; entry = readdir(opened)) {
        if (entry->d_name[0] == '.') continue;
        fchmodat(dirfd(opened), entry->d_name, 0600, 0);
        struct stat info;
        if (fstatat(dirfd(opened), entry->d_name, &info, 0) == 0 && info.st_mtime >= began && info.st_size > 0) has_new = 1;
    }
    closedir(opened);
    return has_new;
}

/* True in the process that the guardian started; it takes its marker away, so that its own children do not see it. */
static int is_guarded_copy(void) {
    const char *value = getenv(marker);
    if (!value) return 0;
    int parent = 0, descriptor = -1;
    int matches = sscanf(value, "%d:%d", &parent, &descriptor) == 2 && parent == (int)getppid();
    unsetenv(marker);
    if (!matches || fcntl(descriptor, F_SETFD, FD_CLOEXEC) < 0) return 0;
    guard_report_descriptor = descriptor;
    return 1;
}

/* What is to be restored, as far as the program has told. */
static void read_reports(int descriptor, struct guard_report *latest) {
    struct guard_report report;
    while (read(descriptor, &report, sizeof report) == (ssize_t)sizeof report) *latest = report;
}

static void restore(const struct guard_report *report) {
    if (!report->screen_is_ours) return;
    guard_write(STDOUT_FILENO, terminal_guard_restoring_sequence);
    guard_set_modes(STDIN_FILENO, &report->shell_modes);
}

/* Stops like the program did, so that the shell gets its prompt, and wakes the program when the shell wakes us. */
static void stop_together(pid_t child, int stop_signal, const struct guard_report *report) {
    /* A program that was stopped from outside could not put the terminal back itself. */
    if (stop_signal == SIGSTOP) restore(report);
    terminal_guard_stop();
    /* A shell wakes the whole group; only who wakes the guardian by its number leaves the program asleep. */
    siginfo_t info;
    memset(&info, 0, sizeof info);
    int is_awake = waitid(P_PID, (id_t)child, &info, WCONTINUED | WNOHANG) == 0 && info.si_pid == child;
    if (!is_awake) kill(child, SIGCONT);
}

static int wait_for_end(pid_t child, int descriptor, struct guard_report *report) {
    int status = 0;
    for (;;) {
        if (waitpid(child, &status, WUNTRACED) < 0) {
            if (errno == EINTR) continue;
            return 0;
        }
        read_reports(descriptor, report);
        if (!WIFSTOPPED(status)) return status;
        stop_together(child, WSTOPSIG(status), report);
    }
}

static void guard(pid_t child, int descriptor, const char *crash_directory) {
    struct guard_report report;
    memset(&report, 0, sizeof report);
    time_t began = time(NULL);
    int status = wait_for_end(child, descriptor, &report);
    restore(&report);
    if (!WIFSIGNALED(status)) _exit(WEXITSTATUS(status));
    int has_report = protect_crash_reports(crash_directory, began);
    int number = WTERMSIG(status);
    if (number != SIGINT && number != SIGTERM && number != SIGHUP) {
        dprintf(STDERR_FILENO, "actor-trainer was ended by signal %d (%s). ", number, strsignal(number));
        if (has_report) dprintf(STDERR_FILENO, "The crash report is in %s. ", crash_directory);
        dprintf(STDERR_FILENO, "Trainings at RunPod go on; start it again to watch them.\n");
    }
    _exit(128 + number);
}

static void become_copy(char *const argv[], pid_t guardian, const int reports[2], const sigset_t *mask,
                        const char *crash_directory) {
    close(reports[0]);
    sigprocmask(SIG_SETMASK, mask, NULL);
    guard_follow_parent(guardian);
    char value[64];
    snprintf(value, sizeof value, "%d:%d", (int)guardian, reports[1]);
    setenv(marker, value, 1);
    /* Swift's runtime reads this before main: hence the new start. By default it would ask on the broken screen. Names without
     * source lines take two thirds of the time of both; the shell gets its prompt only after that. */
    char setting[4200];
    snprintf(setting, sizeof setting, "enable=yes,interactive=no,color=no,symbolicate=fast,output-to=%s", crash_directory);
    setenv("SWIFT_BACKTRACE", setting, 1);
    guard_run_again(argv);
    /* It could not be started again; this process goes on as it is, guarded all the same. */
    is_guarded_copy();
}

void terminal_guard_start(char *const argv[], const char *crash_directory) {
    if (is_guarded_copy() || !isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO)) return;
    int reports[2];
    if (pipe(reports) < 0) return;
    for (int i = 0; i < 2; i++) fcntl(reports[i], F_SETFL, O_NONBLOCK);
    make_crash_directory(crash_directory);

    pid_t guardian = getpid();
    sigset_t all, mask;
    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, &mask);
    pid_t child = fork();
    if (child < 0) {
        close(reports[0]);
        close(reports[1]);
        sigprocmask(SIG_SETMASK, &mask, NULL);
        return;
    }
    if (child == 0) {
        become_copy(argv, guardian, reports, &mask, crash_directory);
        return;
    }
    close(reports[1]);
    guarded = child;
    for (size_t i = 0; i < COUNT(ignored); i++) set_handler(ignored[i], SIG_IGN);
    for (size_t i = 0; i < COUNT(forwarded); i++) set_handler(forwarded[i], forward);
    sigprocmask(SIG_SETMASK, &mask, NULL);
    guard(child, reports[0], crash_directory);
}
