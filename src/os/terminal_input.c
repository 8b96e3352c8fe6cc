/* SPDX-License-Identifier: MIT */
#include "os/terminal.h"

#include "base/memory.h"
#include "os/signals.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/select.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

/* 4 MiB: more than any answer may have. */
#define DISCARD_READS 1024

/* Set by the handler alone; static because a handler knows nothing else. */
static volatile sig_atomic_t caught;
static volatile sig_atomic_t resized;

/*
 * SIGSTOP cannot be held, and the shell sets the terminal its own way while we
 * are stopped: that we go on (SIGCONT) has to be noticed instead.
 */
static bool is_held(int number)
{
	enum signal_kind kind = signal_kind(number);

	return kind == SIGNAL_ENDS || kind == SIGNAL_STOPS ||
		number == SIGCONT || number == SIGWINCH;
}

static void note_signal(int number)
{
	if (number == SIGWINCH)
		resized = 1;
	else if (number != SIGCONT || !caught)
		caught = number;
}

/*
 * Stops here while another program has the terminal: what we would set then
 * would be that one's settings. (tcdrain asks for nothing but the right to.)
 */
static void wait_for_terminal(int file)
{
	while (tcdrain(file) != 0 && errno == EINTR)
		;
}

void terminal_hold(struct terminal_input *input, int file)
{
	struct sigaction noting = { .sa_handler = note_signal };
	sigset_t set;

	wait_for_terminal(file);
	input->file = file;
	/*
	 * Bytes that select has announced may be gone before they are read: ^C
	 * empties the queue. A descriptor of our own need not wait for more.
	 */
	input->reader =
		open("/dev/tty", O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	sigemptyset(&noting.sa_mask);
	sigemptyset(&set);
	for (int number = 1; number < SIGNALS_END; number++)
		if (is_held(number))
			sigaddset(&set, number);
	caught = 0;
	resized = 0;
	sigprocmask(SIG_BLOCK, &set, &input->open_mask);
	for (int number = 1; number < SIGNALS_END; number++) {
		struct sigaction *before = &input->before[number];
		if (is_held(number) && sigaction(number, NULL, before) == 0 &&
			before->sa_handler != SIG_IGN)
			sigaction(number, &noting, NULL);
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

/* pselect lets none through while there is something to read. */
static void let_signals_through(const struct terminal_input *input)
{
	sigset_t held;

	sigprocmask(SIG_SETMASK, &input->open_mask, &held);
	sigprocmask(SIG_SETMASK, &held, NULL);
}

/*
 * The signals are let through before and while waiting, and only then: none can
 * slip in between looking and waiting.
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
		let_signals_through(input);
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

void terminal_discard(struct terminal_input *input)
{
	struct pollfd file = { .fd = input->reader, .events = POLLIN };
	char bytes[4096];
	ssize_t got = 0;

	/* A limit all the same: nobody has to wait for an endless paste. */
	for (int i = 0; i < DISCARD_READS; i++) {
		if (file.fd < 0 || poll(&file, 1, TERMINAL_PASTE_GAP_MS) <= 0)
			break;
		got = read(file.fd, bytes, sizeof(bytes));
		if (got <= 0)
			break;
	}
	memory_wipe(bytes, sizeof(bytes));
}

int terminal_release(struct terminal_input *input)
{
	int number = caught;

	terminal_restore();
	terminal_forget();
	if (input->reader >= 0)
		close(input->reader);
	input->reader = -1;
	for (int each = 1; each < SIGNALS_END; each++)
		if (is_held(each))
			sigaction(each, &input->before[each], NULL);
	if (number && number != SIGINT && number != SIGCONT)
		raise(number);
	sigprocmask(SIG_SETMASK, &input->open_mask, NULL);
	return number;
}
