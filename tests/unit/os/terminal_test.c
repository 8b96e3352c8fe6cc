/* SPDX-License-Identifier: MIT */
#include "os/terminal.h"

#include "base/memory.h"

#include <criterion/criterion.h>
#include <pty.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>
#include <utmp.h>

typedef void ending(void);

/* Whether a program that ends so, with its terminal set, gives it back. */
static bool gives_back(ending *end, int expected)
{
	struct termios settings;
	int master = -1;
	int slave = -1;
	int status = 0;

	cr_assert_eq(openpty(&master, &slave, NULL, NULL, NULL), 0);
	pid_t child = fork();
	if (child == 0) {
		(void)login_tty(slave);
		terminal_guard();
		terminal_remember(STDIN_FILENO);
		cr_assert_eq(tcgetattr(STDIN_FILENO, &settings), 0);
		settings.c_lflag &= ~(tcflag_t)(ECHO | ICANON);
		cr_assert_eq(tcsetattr(STDIN_FILENO, TCSANOW, &settings), 0);
		end();
		_exit(99);
	}
	cr_assert_eq(waitpid(child, &status, 0), child);
	cr_assert_eq(tcgetattr(slave, &settings), 0);
	close(master);
	close(slave);
	return WIFEXITED(status) && WEXITSTATUS(status) == expected &&
		(settings.c_lflag & (ECHO | ICANON)) == (ECHO | ICANON);
}

static void end_for_want_of_memory(void)
{
	memory_exhausted();
}

static void end_by_exit(void)
{
	exit(3);
}

Test(terminal, is_given_back_when_memory_runs_out)
{
	cr_assert(gives_back(end_for_want_of_memory, STATUS_IO));
}

Test(terminal, is_given_back_on_exit)
{
	cr_assert(gives_back(end_by_exit, 3));
}
