/* SPDX-License-Identifier: MIT */
#include "os/hardening.h"

#include "base/i18n.h"

#include <fcntl.h>
#include <signal.h>
#include <sodium.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

/*
 * A program started without stdin, stdout or stderr would get those numbers
 * for the next files that it opens, and write messages into them. What is put
 * there instead fails as the closed one would: nothing can be read from that
 * stdin, and what is written to that stdout is not lost in silence.
 */
static bool fill_standard_descriptors(void)
{
	static const int refusing[] = { O_WRONLY, O_RDONLY, O_RDONLY };

	for (int wanted = STDIN_FILENO; wanted <= STDERR_FILENO; wanted++) {
		if (fcntl(wanted, F_GETFD) >= 0)
			continue;
		/* The lowest number that is free: stays open for children. */
		int file = open("/dev/null", refusing[wanted]); /* NOLINT */
		if (file != wanted)
			return false;
	}
	return true;
}

/*
 * A write that meets one of the first two is to fail like any other; where the
 * last is ignored, no exit status of a child can be had.
 */
static const struct {
	int number;
	void (*handler)(int);
} actions[] = {
	{ SIGPIPE, SIG_IGN },
	{ SIGXFSZ, SIG_IGN },
	{ SIGCHLD, SIG_DFL },
};

/*
 * What the process was born with. Process-wide like the limit and the signals
 * themselves, so it lives where they are set; written once, before anything
 * else runs.
 */
static struct rlimit original_core_limit;
static bool core_limit_is_lowered;
static struct sigaction original_actions[ARRAY_SIZE(actions)];

static void set_signals(void)
{
	for (size_t i = 0; i < ARRAY_SIZE(actions); i++) {
		struct sigaction action = { .sa_handler = actions[i].handler };
		(void)sigemptyset(&action.sa_mask);
		(void)sigaction(
			actions[i].number, &action, &original_actions[i]);
	}
}

/*
 * What every command gets by with; below it the first large array would end the
 * program without a word.
 */
#define LEAST_STACK ((rlim_t)256 << 10)

static bool check_stack(struct error *err)
{
	struct rlimit stack = { 0 };

	if (getrlimit(RLIMIT_STACK, &stack) != 0 ||
		stack.rlim_cur >= LEAST_STACK)
		return true;
	error_set(err, STATUS_IO,
		_("the stack is limited to %llu KiB, and %llu are needed"),
		(unsigned long long)stack.rlim_cur >> 10,
		(unsigned long long)LEAST_STACK >> 10);
	return error_next(
		err, _("raise the limit: `ulimit -s 8192` is the usual one"));
}

static bool refuse_start(const char *what, struct error *err)
{
	return error_tell(err, STATUS_IO, what,
		_("mount /dev, with null and urandom in it"));
}

bool hardening_apply(struct error *err)
{
	struct rlimit core = { 0 };

	if (!check_stack(err))
		return false;
	if (!fill_standard_descriptors())
		return refuse_start(_("cannot open /dev/null"), err);
	if (sodium_init() < 0)
		return refuse_start(_("libsodium cannot start"), err);
	set_signals();
	if (getrlimit(RLIMIT_CORE, &core) == 0) {
		original_core_limit = core;
		core.rlim_cur = 0;
		core_limit_is_lowered = setrlimit(RLIMIT_CORE, &core) == 0;
	}
	(void)prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
	return true;
}

bool hardening_forbids_dumps(void)
{
	return core_limit_is_lowered && prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) == 0;
}

void hardening_undo_for_child(void)
{
	if (core_limit_is_lowered)
		(void)setrlimit(RLIMIT_CORE, &original_core_limit);
	for (size_t i = 0; i < ARRAY_SIZE(actions); i++)
		(void)sigaction(actions[i].number, &original_actions[i], NULL);
}

void hardening_signals_of_child(sigset_t *set)
{
	(void)sigemptyset(set);
	for (size_t i = 0; i < ARRAY_SIZE(actions); i++)
		if (original_actions[i].sa_handler != SIG_IGN)
			(void)sigaddset(set, actions[i].number);
}
