/* SPDX-License-Identifier: MIT */
#include "os/terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/select.h>
#include <time.h>
#include <unistd.h>

static const int held[TERMINAL_SIGNALS] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT,
	SIGTSTP, SIGTTIN, SIGTTOU, SIGALRM, SIGWINCH };

/* Set by the handler alone; static because a handler knows nothing else. */
static volatile sig_atomic_t caught;
static volatile sig_atomic_t resized;

static void note_signal(int number)
{
	if (number == SIGWINCH)
		resized = 1;
	else
		caught = number;
}

void terminal_hold(struct terminal_input *input, int file)
{
	struct sigaction noting = { .sa_handler = note_signal };
	sigset_t set;

	input->file = file;
	/*
	 * Bytes that select has announced may be gone before they are read: ^C
	 * empties the queue. A descriptor of our own need not wait for more.
	 */
	input->reader =
		open("/dev/tty", O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	sigemptyset(&noting.sa_mask);
	sigemptyset(&set);
	for (size_t i = 0; i < TERMINAL_SIGNALS; i++)
		sigaddset(&set, held[i]);
	caught = 0;
	resized = 0;
	sigprocmask(SIG_BLOCK, &set, &input->open_mask);
	for (size_t i = 0; i < TERMINAL_SIGNALS; i++) {
		sigaction(held[i], NULL, &input->before[i]);
		if (input->before[i].sa_handler != SIG_IGN)
			sigaction(held[i], &noting, NULL);
	}
	terminal_remember(file);
}

/* One read of a byte that select announced. */
static enum terminal_event read_byte(int file, char *byte)
{
	ssize_t got = read(file, byte, 1);

	if (got == 1)
		return TERMINAL_BYTE;
	if (got == 0 || errno == EIO)
		return TERMINAL_END;
	if (errno == EINTR || errno == EAGAIN)
		return TERMINAL_QUIET;
	return TERMINAL_FAILURE;
}

/*
 * The signals are let through while waiting, and only then: none can slip in
 * between looking and waiting.
 */
enum terminal_event terminal_next(
	struct terminal_input *input, int timeout_ms, char *byte)
{
	struct timespec time = {
		.tv_sec = timeout_ms / 1000,
		.tv_nsec = (long)(timeout_ms % 1000) * 1000000,
	};
	int reader = input->reader >= 0 ? input->reader : input->file;
	fd_set set;

	for (;;) {
		if (caught)
			return TERMINAL_SIGNAL;
		if (resized) {
			resized = 0;
			return TERMINAL_RESIZED;
		}
		FD_ZERO(&set);
		FD_SET(reader, &set);
		int ready = pselect(reader + 1, &set, NULL, NULL,
			timeout_ms < 0 ? NULL : &time, &input->open_mask);
		if (ready == 0)
			return TERMINAL_QUIET;
		if (ready < 0 && errno != EINTR)
			return TERMINAL_FAILURE;
		if (ready < 0)
			continue;
		enum terminal_event event = read_byte(reader, byte);
		if (event != TERMINAL_QUIET)
			return event;
	}
}

int terminal_release(struct terminal_input *input)
{
	int number = caught;

	terminal_restore();
	terminal_forget();
	if (input->reader >= 0)
		close(input->reader);
	input->reader = -1;
	for (size_t i = 0; i < TERMINAL_SIGNALS; i++)
		sigaction(held[i], &input->before[i], NULL);
	if (number && number != SIGINT)
		raise(number);
	sigprocmask(SIG_SETMASK, &input->open_mask, NULL);
	return number;
}
