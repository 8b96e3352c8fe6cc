/* SPDX-License-Identifier: MIT */
#include "os/process.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "os/clock.h"
#include "os/directory.h"
#include "os/hardening.h"
#include "os/process_internal.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

char *process_own(void)
{
	char *own = path_resolve("/proc/self/exe");

	return own ? own : memory_text("aigenv");
}

char *process_find(const char *program)
{
	return process_find_in(program, getenv("PATH"));
}

char *process_find_in(const char *program, const char *path)
{
	if (strchr(program, '/'))
		return access(program, X_OK) == 0 ? memory_text(program) : NULL;
	return process_look_up(program, path, X_OK);
}

char *process_look_up(const char *program, const char *path, int mode)
{
	while (path && *path) {
		size_t size = strcspn(path, ":");
		OWNED char *folder =
			size ? memory_copy(path, size) : memory_text(".");
		char *whole = path_join(folder, program);
		struct stat status;
		bool found = stat(whole, &status) == 0 &&
			S_ISREG(status.st_mode) && access(whole, mode) == 0;
		if (found)
			return whole;
		free(whole);
		path += size + (path[size] == ':' ? 1 : 0);
	}
	return NULL;
}

bool process_not_started(const char *program, int number, struct error *err)
{
	error_errno(err, STATUS_IO, number, _("cannot start %.100s"),
		*program ? program : "\"\"");
	if (!*program)
		return error_next(
			err, _("name a program: what is there is empty"));
	if (number == EMFILE || number == EAGAIN)
		return error_next(err,
			_("raise the limit on open files or on processes, "
			  "which `ulimit -n` and `ulimit -u` show"));
	if (number == ENOENT && strchr(program, '/'))
		return error_next(err, _("check the path"));
	if (number == ENOENT)
		return error_next(
			err, _("install %.100s or put it into PATH"), program);
	if (number == EACCES)
		return error_next(err, _("chmod +x makes a script executable"));
	return error_next(err, _("see whether it runs without aigenv"));
}

bool process_not_attended(const char *program, int number, struct error *err)
{
	error_errno(err, STATUS_IO, number,
		_("cannot follow what %.100s does; it was ended"), program);
	return error_next(err, _("run it again"));
}

int process_not_found(const char *program)
{
	return strchr(program, '/') && access(program, F_OK) == 0 ? EACCES
								  : ENOENT;
}

char *const *process_mutable(const char *const *texts)
{
	union {
		const char *const *from;
		char *const *to;
	} same = { .from = texts };

	return same.to;
}

struct pipes {
	int output[2];
	int errors[2];
};

void process_close_end(int *file)
{
	if (*file >= 0)
		(void)close(*file);
	*file = -1;
}

static bool open_pipes(const struct process *process, struct pipes *pipes)
{
	if ((process->output || process->take) &&
		pipe2(pipes->output, O_CLOEXEC) != 0)
		return false;
	if (process->errors && pipe2(pipes->errors, O_CLOEXEC) != 0)
		return false;
	return true;
}

static int spawn(const struct process *process, const char *program,
	const struct pipes *pipes, pid_t *pid)
{
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	sigset_t defaults;

	if (posix_spawn_file_actions_init(&actions) != 0)
		return ENOMEM;
	if (posix_spawnattr_init(&attributes) != 0) {
		(void)posix_spawn_file_actions_destroy(&actions);
		return ENOMEM;
	}
	hardening_signals_of_child(&defaults);
	(void)posix_spawnattr_setsigdefault(&attributes, &defaults);
	(void)posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
	if (process->input > 0)
		(void)posix_spawn_file_actions_adddup2(
			&actions, process->input, STDIN_FILENO);
	if (pipes->output[1] >= 0)
		(void)posix_spawn_file_actions_adddup2(
			&actions, pipes->output[1], STDOUT_FILENO);
	if (pipes->errors[1] >= 0)
		(void)posix_spawn_file_actions_adddup2(
			&actions, pipes->errors[1], STDERR_FILENO);
	if (process->directory)
		(void)posix_spawn_file_actions_addchdir_np(
			&actions, process->directory);
	int number = posix_spawn(pid, program, &actions, &attributes,
		process_mutable(process->argv),
		process->environment ? process_mutable(process->environment)
				     : environ);
	(void)posix_spawn_file_actions_destroy(&actions);
	(void)posix_spawnattr_destroy(&attributes);
	return number;
}

/* Milliseconds left, or -1 for no limit. */
static int time_left(int64_t deadline)
{
	if (deadline == 0)
		return -1;
	int64_t left = deadline - clock_monotonic_ms();

	return left > 0 ? (int)left : 0;
}

struct child {
	pid_t pid;
	int64_t deadline;
	bool ended;
	int status;           /* of waitpid, once it has ended */
	int64_t looked;       /* when it was looked at last */
	int64_t quiet_ms;     /* since it printed or worked */
	struct timespec used; /* of a processor, until then */
};

/* Whether it has ended, without waiting. */
static bool has_ended(struct child *child)
{
	if (!child->ended)
		child->ended = waitpid(child->pid, &child->status, WNOHANG) ==
			child->pid;
	return child->ended;
}

/* What a pipe holds. */
#define PIECE 65536

/* Another chunk, if there is one. */
static void drain(int *file, struct buf *out)
{
	char chunk[4096];
	ssize_t size = read(*file, chunk, sizeof(chunk));

	if (size > 0)
		buf_append(out, chunk, (size_t)size); /* may hit its limit */
	else if (size == 0 || errno != EINTR)
		process_close_end(file);
	memory_wipe(chunk, sizeof(chunk));
}

/* The same for process->take; false where it wants no more. */
static bool hand_over(const struct process *process, int *file)
{
	char piece[PIECE];
	ssize_t size = read(*file, piece, sizeof(piece));
	bool goes_on = true;

	if (size > 0)
		goes_on = process->take(process->context, piece, (size_t)size);
	else if (size == 0 || errno != EINTR)
		process_close_end(file);
	memory_wipe(piece, size > 0 ? (size_t)size : 0);
	return goes_on;
}

static bool drain_output(const struct process *process, int *file)
{
	if (process->take)
		return hand_over(process, file);
	drain(file, process->output);
	return true;
}

/* What is longer between two looks is no silence of the child's: we were
 * stopped, by ^Z with it or by a debugger. */
#define OWN_PAUSE_MS 2000

/* Whether the silence has lasted for too long. What reads a disk or computes
 * uses a processor; what waits for the other end of a pipe uses none. */
static bool is_silent(struct child *child, bool printed, int limit_ms)
{
	struct timespec used = child->used;
	int64_t now = clock_monotonic_ms();
	int64_t passed = now - child->looked;
	clockid_t clock;

	child->looked = now;
	if (clock_getcpuclockid(child->pid, &clock) == 0)
		(void)clock_gettime(clock, &used);
	if (printed || used.tv_sec != child->used.tv_sec ||
		used.tv_nsec != child->used.tv_nsec)
		child->quiet_ms = 0;
	else if (passed < OWN_PAUSE_MS)
		child->quiet_ms += passed;
	child->used = used;
	return child->quiet_ms >= limit_ms;
}

enum collected {
	COLLECTED,
	TOO_LATE,
	SILENT,
	UNWANTED, /* process->take wants no more */
	FAILED,   /* errno says why */
};

/* What a pipe may hold still when the child has ended, in chunks. */
#define LAST_CHUNKS 64
#define LOOK_EVERY_MS 50

/* Until there is something to read, or to see to; poll's result. */
static int await(const struct child *child, struct pollfd files[2])
{
	int left = time_left(child->deadline);
	int most = child->ended ? 0 : LOOK_EVERY_MS;

	return poll(files, 2, left >= 0 && left < most ? left : most);
}

/*
 * Reads both pipes to their ends, or as far as the child came: a program that
 * it has left behind may hold them open for ever, or write without end.
 */
static enum collected collect(
	const struct process *process, struct pipes *pipes, struct child *child)
{
	int last = 0;

	while (pipes->output[0] >= 0 || pipes->errors[0] >= 0) {
		struct pollfd files[] = {
			{ .fd = pipes->output[0], .events = POLLIN },
			{ .fd = pipes->errors[0], .events = POLLIN },
		};
		int ready = await(child, files);
		if (ready < 0 && errno != EINTR)
			return FAILED;
		if (child->ended && (ready == 0 || ++last > LAST_CHUNKS))
			return COLLECTED;
		if (!has_ended(child) && time_left(child->deadline) == 0)
			return TOO_LATE;
		if (process->silence_ms && !child->ended &&
			is_silent(child, ready > 0, process->silence_ms))
			return SILENT;
		if (ready > 0 && files[0].fd >= 0 && files[0].revents &&
			!drain_output(process, &pipes->output[0]))
			return UNWANTED;
		if (ready > 0 && files[1].fd >= 0 && files[1].revents)
			drain(&pipes->errors[0], process->errors);
	}
	return COLLECTED;
}

/* Waits for it until the deadline: 0 or errno. */
static int wait_until(struct child *child)
{
	while (!child->ended) {
		pid_t got = waitpid(child->pid, &child->status,
			child->deadline ? WNOHANG : 0);
		child->ended = got == child->pid;
		if (got < 0 && errno != EINTR)
			return errno;
		if (time_left(child->deadline) == 0)
			return 0;
		if (got == 0)
			clock_sleep_ms(5);
	}
	return 0;
}

/* Reads what it says, and waits for its end: 0, or errno of what failed. */
static int attend(const struct process *process, struct child *child,
	struct pipes *pipes, struct process_result *result)
{
	enum collected collected = collect(process, pipes, child);
	int number = collected == FAILED ? errno : 0;

	if (collected == COLLECTED)
		number = wait_until(child);
	if (!child->ended) {
		result->timed_out = number == 0 && collected != UNWANTED &&
			collected != SILENT;
		result->was_silent = collected == SILENT;
		(void)kill(child->pid, SIGKILL);
		while (waitpid(child->pid, &child->status, 0) < 0 &&
			errno == EINTR)
			continue;
	}
	const int status = child->status;
	result->exited = WIFEXITED(status);
	result->exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 0;
	result->signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
	return number;
}

bool process_run(const struct process *process, struct process_result *result,
	struct error *err)
{
	struct pipes pipes = { { -1, -1 }, { -1, -1 } };
	struct process_result ended = { 0 };
	struct child child = { .looked = clock_monotonic_ms() };
	OWNED char *program = process_find(process->argv[0]);

	if (!program)
		return process_not_started(process->argv[0],
			process_not_found(process->argv[0]), err);
	if (process->timeout_ms)
		child.deadline = clock_monotonic_ms() + process->timeout_ms;
	int number = open_pipes(process, &pipes)
		? spawn(process, program, &pipes, &child.pid)
		: errno;

	process_close_end(&pipes.output[1]);
	process_close_end(&pipes.errors[1]);
	int unattended =
		number == 0 ? attend(process, &child, &pipes, &ended) : 0;
	process_close_end(&pipes.output[0]);
	process_close_end(&pipes.errors[0]);
	if (number != 0)
		return process_not_started(process->argv[0], number, err);
	if (unattended != 0)
		return process_not_attended(process->argv[0], unattended, err);
	*result = ended;
	return true;
}
