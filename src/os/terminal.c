/* SPDX-License-Identifier: MIT */
#include "os/terminal.h"

#include "base/number.h"
#include "os/signals.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#define DEFAULT_COLUMNS 80
#define LEAST_COLUMNS 20
#define MOST_COLUMNS 500

/*
 * What a signal handler needs has to be static. Written only while no handler
 * of ours can need it: `remembered_file` is set last and cleared first.
 */
static struct termios remembered;
static volatile sig_atomic_t remembered_file = -1;
static volatile sig_atomic_t pastes_are_marked;

/* The size is set last and cleared first, for the same reason. */
static char last_words[512];
static volatile sig_atomic_t last_words_size;
static const char *last_document; /* borrowed */
static volatile sig_atomic_t last_document_size;

bool terminal_is(int file)
{
	return isatty(file) == 1;
}

bool terminal_can_erase(void)
{
	const char *term = getenv("TERM");

	return term && *term && strcmp(term, "dumb") != 0;
}

size_t terminal_columns(int file)
{
	const char *columns = getenv("COLUMNS");
	struct winsize size = { 0 };
	uint64_t number = 0;

	if (columns &&
		number_parse(columns, strlen(columns), LEAST_COLUMNS,
			MOST_COLUMNS, &number))
		return (size_t)number;
	if (ioctl(file, TIOCGWINSZ, &size) != 0 || size.ws_col == 0)
		return DEFAULT_COLUMNS;
	if (size.ws_col < LEAST_COLUMNS)
		return LEAST_COLUMNS;
	return size.ws_col < MOST_COLUMNS ? size.ws_col : MOST_COLUMNS;
}

static void write_sequence(int file, const char *sequence, size_t size)
{
	ssize_t written = 1;

	for (; size > 0 && written > 0; size -= (size_t)written) {
		written = write(file, sequence, size);
		if (written < 0)
			return;
		sequence += written;
	}
}

void terminal_mark_pastes(void)
{
	static const char start[] = "\033[?2004h";

	if (remembered_file < 0 || !terminal_can_erase())
		return;
	pastes_are_marked = 1;
	write_sequence(remembered_file, start, sizeof(start) - 1);
}

/*
 * Another program's terminal is not ours to set: a shell that has it back,
 * while we are ended in the background, has its own settings on it.
 */
static bool is_ours(int file)
{
	pid_t group = tcgetpgrp(file);

	return group < 0 || group == getpgrp();
}

void terminal_restore(void)
{
	static const char stop[] = "\033[?2004l";
	int before = errno;

	if (remembered_file >= 0 && is_ours(remembered_file)) {
		if (pastes_are_marked)
			write_sequence(remembered_file, stop, sizeof(stop) - 1);
		pastes_are_marked = 0;
		while (tcsetattr(remembered_file, TCSADRAIN, &remembered) !=
				0 &&
			errno == EINTR)
			;
	}
	errno = before;
}

void terminal_last_words(const char *text)
{
	/* The progress line is erased, or ended where it cannot be. */
	const char *start = !terminal_is(STDERR_FILENO) ? ""
		: terminal_can_erase()                  ? "\r\033[K"
							: "\n";

	last_words_size = 0;
	if (!text)
		return;
	int size =
		snprintf(last_words, sizeof(last_words), "%s%s\n", start, text);
	if (size > 0 && (size_t)size < sizeof(last_words))
		last_words_size = size;
}

void terminal_last_document(const char *bytes, size_t size)
{
	last_document_size = 0;
	last_document = bytes;
	if (size <= SIG_ATOMIC_MAX)
		last_document_size = (sig_atomic_t)size;
}

static void end_program(int number)
{
	struct sigaction as_ever = { .sa_handler = SIG_DFL };
	sigset_t set;

	terminal_restore();
	if (number == SIGINT) {
		write_sequence(
			STDERR_FILENO, last_words, (size_t)last_words_size);
		write_sequence(STDOUT_FILENO, last_document,
			(size_t)last_document_size);
		_exit(STATUS_INTERRUPTED);
	}
	sigemptyset(&as_ever.sa_mask);
	sigaction(number, &as_ever, NULL);
	raise(number);
	sigemptyset(&set);
	sigaddset(&set, number);
	sigprocmask(SIG_UNBLOCK, &set, NULL);
}

/* What is ignored stays so; a sanitizer has its own handlers. */
static void guard(int number)
{
	struct sigaction ending = { .sa_handler = end_program };
	struct sigaction before;

	sigemptyset(&ending.sa_mask);
	if (sigaction(number, NULL, &before) == 0 &&
		before.sa_handler == SIG_DFL)
		sigaction(number, &ending, NULL);
}

void terminal_remember(int file)
{
	remembered_file = -1;
	pastes_are_marked = 0;
	if (tcgetattr(file, &remembered) != 0)
		return;
	remembered_file = file;
	for (int number = 1; number < SIGNALS_END; number++) {
		enum signal_kind kind = signal_kind(number);
		if (kind == SIGNAL_ENDS || kind == SIGNAL_FAULT)
			guard(number);
	}
}

void terminal_forget(void)
{
	remembered_file = -1;
}

void terminal_hush(int file)
{
	terminal_remember(file);
	if (remembered_file < 0)
		return;
	struct termios silent = remembered;
	silent.c_lflag &= ~(tcflag_t)(ECHO | ECHONL);
	/* Without it keys are seen, which is no reason to stop. */
	(void)tcsetattr(file, TCSADRAIN, &silent);
}

/* The other signals have nothing to restore before a terminal is remembered. */
void terminal_guard(void)
{
	guard(SIGINT);
	(void)atexit(terminal_restore);
}
