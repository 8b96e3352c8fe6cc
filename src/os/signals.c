/* SPDX-License-Identifier: MIT */
#include "os/signals.h"

#include "base/attributes.h"

#include <stddef.h>

/* signal(7), "Standard signals": what is not here ends the program. */
static const struct {
	int number;
	enum signal_kind kind;
} exceptions[] = {
	{ SIGKILL, SIGNAL_OTHER },
	{ SIGSTOP, SIGNAL_OTHER },
	{ SIGCONT, SIGNAL_OTHER },
	{ SIGCHLD, SIGNAL_OTHER },
	{ SIGURG, SIGNAL_OTHER },
	{ SIGWINCH, SIGNAL_OTHER },
	{ SIGTSTP, SIGNAL_STOPS },
	{ SIGTTIN, SIGNAL_STOPS },
	{ SIGTTOU, SIGNAL_STOPS },
	{ SIGABRT, SIGNAL_FAULT },
	{ SIGBUS, SIGNAL_FAULT },
	{ SIGFPE, SIGNAL_FAULT },
	{ SIGILL, SIGNAL_FAULT },
	{ SIGSEGV, SIGNAL_FAULT },
	{ SIGSYS, SIGNAL_FAULT },
	{ SIGTRAP, SIGNAL_FAULT },
};

enum signal_kind signal_kind(int number)
{
	if (number < 1 || number > SIGRTMAX ||
		(number > SIGSYS && number < SIGRTMIN))
		return SIGNAL_OTHER;
	for (size_t i = 0; i < ARRAY_SIZE(exceptions); i++)
		if (exceptions[i].number == number)
			return exceptions[i].kind;
	return SIGNAL_ENDS;
}
