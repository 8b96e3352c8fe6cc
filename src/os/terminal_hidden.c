/* SPDX-License-Identifier: MIT */
#include "os/terminal.h"

#include "base/memory.h"
#include "base/text.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/select.h>
#include <termios.h>
#include <unistd.h>

/* Signals that are held while echo is off, and told to the caller later. */
static const int held[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP, SIGTTIN,
	SIGTTOU, SIGALRM };

static volatile sig_atomic_t caught_signal;

static void note_signal(int number)
{
	caught_signal = number;
}

enum ending {
	ENDING_NONE,
	ENDING_LINE,
	ENDING_INPUT,
	ENDING_SIGNAL,
	ENDING_FAILURE,
};

/* Where in an escape sequence the reader is. */
enum escape_state {
	ESCAPE_NONE,
	ESCAPE_BEGUN,
	ESCAPE_CONTROL, /* ESC [ */
	ESCAPE_KEY,     /* ESC O */
};

struct line {
	char *bytes;
	size_t size, limit;
	bool too_long;
	bool pasted; /* inside a bracketed paste */
	enum escape_state escape;
	char sequence[8]; /* the parameters of ESC [ */
	size_t sequence_size;
};

static void line_clear(struct line *line)
{
	memory_wipe(line->bytes, line->size);
	line->size = 0;
	line->too_long = false;
}

static void line_append(struct line *line, char byte)
{
	if (line->size == line->limit)
		line->too_long = true;
	else
		line->bytes[line->size++] = byte;
}

static void line_erase_character(struct line *line)
{
	if (line->size)
		line->size = text_cut(line->bytes, line->size - 1);
}

static void line_erase_word(struct line *line)
{
	while (line->size && text_is_space(line->bytes[line->size - 1]))
		line->size--;
	while (line->size && !text_is_space(line->bytes[line->size - 1]))
		line->size--;
}

/* One byte of an escape sequence: only the marks of a paste mean anything. */
static void line_escape(struct line *line, char byte)
{
	switch (line->escape) {
	case ESCAPE_BEGUN:
		line->sequence_size = 0;
		line->escape = byte == '[' ? ESCAPE_CONTROL
			: byte == 'O'      ? ESCAPE_KEY
					   : ESCAPE_NONE;
		return;
	case ESCAPE_CONTROL:
		if (byte < '@' && line->sequence_size < sizeof(line->sequence))
			line->sequence[line->sequence_size++] = byte;
		if (byte < '@')
			return;
		if (byte == '~' &&
			text_is(line->sequence, line->sequence_size, "200"))
			line->pasted = true;
		if (byte == '~' &&
			text_is(line->sequence, line->sequence_size, "201"))
			line->pasted = false;
		line->escape = ESCAPE_NONE;
		return;
	case ESCAPE_KEY:
	case ESCAPE_NONE:
		line->escape = ESCAPE_NONE;
		return;
	}
}

static enum ending line_key(struct line *line, char byte)
{
	if (line->escape != ESCAPE_NONE) {
		line_escape(line, byte);
		return ENDING_NONE;
	}
	if (byte == '\033') {
		line->escape = ESCAPE_BEGUN;
		return ENDING_NONE;
	}
	if (byte == '\r' || byte == '\n') {
		if (!line->pasted)
			return ENDING_LINE;
		line_append(line, '\n');
		return ENDING_NONE;
	}
	if (byte == 0x04 && !line->pasted)
		return line->size ? ENDING_LINE : ENDING_INPUT;
	if (byte == 0x7f || byte == '\b')
		line_erase_character(line);
	else if (byte == 0x15)
		line_clear(line);
	else if (byte == 0x17)
		line_erase_word(line);
	else if (byte == '\t' || (unsigned char)byte >= 0x20)
		line_append(line, byte);
	return ENDING_NONE;
}

/*
 * Waits for a byte with the held signals let through, and only then: none can
 * slip in between looking and waiting.
 */
static enum ending wait_for_byte(int tty, const sigset_t *open_mask, char *byte)
{
	for (;;) {
		fd_set set;

		if (caught_signal)
			return ENDING_SIGNAL;
		FD_ZERO(&set);
		FD_SET(tty, &set);
		if (pselect(tty + 1, &set, NULL, NULL, NULL, open_mask) < 0) {
			if (errno == EINTR)
				continue;
			return ENDING_FAILURE;
		}
		ssize_t got = read(tty, byte, 1);
		if (got == 1)
			return ENDING_NONE;
		if (got == 0)
			return ENDING_INPUT;
		if (errno == EIO)
			return ENDING_INPUT;
		if (errno != EINTR && errno != EAGAIN)
			return ENDING_FAILURE;
	}
}

static void set_without_echo(int tty)
{
	struct termios settings;

	/* Not canonical: that would cut a paste at 4,095 bytes. */
	if (tcgetattr(tty, &settings) != 0)
		return;
	settings.c_lflag &= ~(tcflag_t)(ECHO | ECHONL | ICANON | IEXTEN);
	settings.c_iflag |= ICRNL;
	settings.c_iflag &= ~(tcflag_t)IXON;
	settings.c_cc[VMIN] = 1;
	settings.c_cc[VTIME] = 0;
	while (tcsetattr(tty, TCSADRAIN, &settings) != 0 && errno == EINTR)
		;
}

static void write_text(int tty, const char *text)
{
	ssize_t ignored = write(tty, text, strlen(text));

	(void)ignored;
}

/* One showing of the prompt, up to the line's end or a signal. */
static enum ending read_line(int tty, const char *prompt, struct line *line,
	const sigset_t *open_mask)
{
	enum ending ending = ENDING_NONE;

	terminal_remember(tty);
	set_without_echo(tty);
	write_text(tty, prompt);
	terminal_mark_pastes(true);
	while (ending == ENDING_NONE) {
		char byte = 0;
		ending = wait_for_byte(tty, open_mask, &byte);
		if (ending == ENDING_NONE)
			ending = line_key(line, byte);
		memory_wipe(&byte, 1);
	}
	terminal_restore();
	terminal_forget();
	write_text(tty, "\n");
	return ending;
}

/* Holds the signals; `before` are their actions until now. */
static void hold_signals(
	struct sigaction before[ARRAY_SIZE(held)], sigset_t *open_mask)
{
	struct sigaction noting = { .sa_handler = note_signal };
	sigset_t set;

	sigemptyset(&noting.sa_mask);
	sigemptyset(&set);
	for (size_t i = 0; i < ARRAY_SIZE(held); i++)
		sigaddset(&set, held[i]);
	caught_signal = 0;
	sigprocmask(SIG_BLOCK, &set, open_mask);
	for (size_t i = 0; i < ARRAY_SIZE(held); i++) {
		sigaction(held[i], NULL, &before[i]);
		if (before[i].sa_handler != SIG_IGN)
			sigaction(held[i], &noting, NULL);
	}
}

static void let_signals_go(const struct sigaction before[ARRAY_SIZE(held)],
	const sigset_t *open_mask)
{
	for (size_t i = 0; i < ARRAY_SIZE(held); i++)
		sigaction(held[i], &before[i], NULL);
	/* ^C is the caller's to answer; all others do what they always do. */
	if (caught_signal && caught_signal != SIGINT)
		raise(caught_signal);
	sigprocmask(SIG_SETMASK, open_mask, NULL);
}

static enum ending ask(int tty, const char *prompt, struct line *line)
{
	struct sigaction before[ARRAY_SIZE(held)];
	sigset_t open_mask;

	for (;;) {
		hold_signals(before, &open_mask);
		enum ending ending = read_line(tty, prompt, line, &open_mask);
		int number = caught_signal;
		let_signals_go(before, &open_mask);
		if (ending != ENDING_SIGNAL || number == SIGINT)
			return ending;
		line_clear(line);
		line->pasted = false;
		line->escape = ESCAPE_NONE;
	}
}

static bool accept(
	enum ending ending, const struct line *line, struct error *err)
{
	switch (ending) {
	case ENDING_SIGNAL:
		return error_set(err, STATUS_INTERRUPTED, "interrupted");
	case ENDING_INPUT:
		error_set(
			err, STATUS_USAGE, "the input ended without an answer");
		return error_next(err,
			"give the value by --from SOURCE where nobody types");
	case ENDING_FAILURE:
		return error_set(err, STATUS_IO, "cannot read the terminal");
	case ENDING_NONE:
	case ENDING_LINE:
		break;
	}
	if (line->too_long)
		return error_set(err, STATUS_INVALID,
			"the value is longer than %zu bytes", line->limit);
	return true;
}

bool terminal_read_hidden(const char *prompt, size_t limit,
	struct secret *value, struct error *err)
{
	int tty = open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC);
	struct secret typed = { 0 };

	if (tty < 0) {
		error_set(err, STATUS_USAGE, "there is no terminal to ask on");
		return error_next(err, "give the value by --from SOURCE");
	}
	secret_init(&typed, limit);
	struct line line = { .bytes = (char *)typed.bytes, .limit = limit };
	enum ending ending = ask(tty, prompt, &line);
	close(tty);
	if (!accept(ending, &line, err)) {
		secret_release(&typed);
		return false;
	}
	if (line.size && line.bytes[line.size - 1] == '\n')
		line.size--;
	secret_truncate(&typed, line.size);
	*value = typed;
	return true;
}
