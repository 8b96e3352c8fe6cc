/* SPDX-License-Identifier: MIT */
#include "os/terminal.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

/* Where in an escape sequence the reader is. */
enum escape_state {
	ESCAPE_NONE,
	ESCAPE_BEGUN,
	ESCAPE_CONTROL, /* ESC [ */
	ESCAPE_KEY,     /* ESC O */
};

struct reader {
	const struct terminal_line *line;
	int file;
	char *bytes; /* room for the limit */
	size_t size;
	bool too_long;
	bool has_nul;
	bool pasted; /* inside a bracketed paste */
	enum escape_state escape;
	char sequence[8]; /* the parameters of ESC [ */
	size_t sequence_size;
};

/* What a key did to the line. */
enum step {
	STEP_ON,
	STEP_LINE,
	STEP_END,
};

static void write_bytes(int file, const char *bytes, size_t size)
{
	ssize_t ignored = write(file, bytes, size);

	(void)ignored;
}

static void echo(const struct reader *reader, const char *bytes, size_t size)
{
	if (!reader->line->hidden)
		write_bytes(reader->file, bytes, size);
}

static void append(struct reader *reader, char byte)
{
	if (byte == '\0') {
		reader->has_nul = true;
		return;
	}
	if (reader->size == reader->line->limit) {
		reader->too_long = true;
		return;
	}
	reader->bytes[reader->size++] = byte;
	echo(reader, &byte, 1);
}

static void erase_character(struct reader *reader)
{
	if (reader->size == 0)
		return;
	size_t start = text_cut(reader->bytes, reader->size - 1);
	size_t width = text_width(reader->bytes + start, reader->size - start);
	memory_wipe(reader->bytes + start, reader->size - start);
	reader->size = start;
	while (width--)
		echo(reader, "\b \b", 3);
}

static void erase_word(struct reader *reader)
{
	while (reader->size && text_is_space(reader->bytes[reader->size - 1]))
		erase_character(reader);
	while (reader->size && !text_is_space(reader->bytes[reader->size - 1]))
		erase_character(reader);
}

static void erase_all(struct reader *reader)
{
	while (reader->size)
		erase_character(reader);
	reader->too_long = reader->has_nul = false;
}

/* One byte after ESC [: only the marks of a paste mean anything. */
static void take_control(struct reader *reader, char byte)
{
	const char *sequence = reader->sequence;

	if (byte < '@') {
		if (reader->sequence_size < sizeof(reader->sequence))
			reader->sequence[reader->sequence_size++] = byte;
		return;
	}
	reader->escape = ESCAPE_NONE;
	if (byte == '~' && text_is(sequence, reader->sequence_size, "200"))
		reader->pasted = true;
	if (byte == '~' && text_is(sequence, reader->sequence_size, "201"))
		reader->pasted = false;
}

static void take_escape(struct reader *reader, char byte)
{
	if (reader->escape == ESCAPE_CONTROL) {
		take_control(reader, byte);
		return;
	}
	bool begun = reader->escape == ESCAPE_BEGUN;
	reader->escape = ESCAPE_NONE;
	reader->sequence_size = 0;
	if (begun && byte == '[')
		reader->escape = ESCAPE_CONTROL;
	if (begun && byte == 'O')
		reader->escape = ESCAPE_KEY;
}

/* NUL is let through, so that the check of the value refuses it. */
static bool is_text(char byte)
{
	return byte == '\t' || byte == '\0' || (unsigned char)byte >= ' ';
}

/* A key that edits or ends the line. */
static enum step take_edit(struct reader *reader, char byte)
{
	switch (byte) {
	case '\r':
	case '\n':
		return STEP_LINE;
	case 0x04: /* ^D */
		return reader->size ? STEP_LINE : STEP_END;
	case 0x02: /* ^B */
		if (!reader->line->back_key || reader->size)
			return STEP_ON;
		append(reader, '<');
		return STEP_LINE;
	case '\b':
	case 0x7f:
		erase_character(reader);
		return STEP_ON;
	case 0x15: /* ^U */
		erase_all(reader);
		return STEP_ON;
	case 0x17: /* ^W */
		erase_word(reader);
		return STEP_ON;
	default:
		if (is_text(byte))
			append(reader, byte);
		return STEP_ON;
	}
}

static enum step take_key(struct reader *reader, char byte)
{
	if (reader->escape != ESCAPE_NONE) {
		take_escape(reader, byte);
		return STEP_ON;
	}
	if (byte == '\033') {
		reader->escape = ESCAPE_BEGUN;
		return STEP_ON;
	}
	if (!reader->pasted)
		return take_edit(reader, byte);
	if (byte == '\r' || byte == '\n')
		append(reader, '\n');
	else if (is_text(byte))
		append(reader, byte);
	return STEP_ON;
}

static void set_reading(int file)
{
	struct termios settings;

	if (tcgetattr(file, &settings) != 0)
		return;
	/* Not canonical: that would cut a paste at 4,095 bytes. */
	settings.c_lflag &= ~(tcflag_t)(ECHO | ECHONL | ICANON | IEXTEN);
	settings.c_iflag |= ICRNL;
	settings.c_iflag &= ~(tcflag_t)IXON;
	settings.c_cc[VMIN] = 1;
	settings.c_cc[VTIME] = 0;
	while (tcsetattr(file, TCSADRAIN, &settings) != 0 && errno == EINTR)
		;
}

/*
 * Whether a line that has ended goes on: a curl command continues after "\",
 * and a paste that no terminal marked comes all at once.
 */
static bool goes_on(struct reader *reader, struct terminal_input *input,
	enum terminal_event *event, char *byte)
{
	const struct terminal_line *line = reader->line;

	*event = TERMINAL_QUIET;
	if (!line->last && (!line->multiline || reader->size == 0))
		return false;
	if (line->multiline && reader->size &&
		reader->bytes[reader->size - 1] == '\\') {
		*event = terminal_next(input, -1, byte);
		return true;
	}
	*event = terminal_next(input, TERMINAL_PASTE_GAP_MS, byte);
	return *event == TERMINAL_BYTE;
}

/* Keys up to the line's end; TERMINAL_BYTE says that it was reached. */
static enum terminal_event read_keys(
	struct reader *reader, struct terminal_input *input)
{
	char byte = 0;
	enum terminal_event event = terminal_next(input, -1, &byte);

	for (;;) {
		if (event != TERMINAL_BYTE && event != TERMINAL_RESIZED)
			return event;
		enum step step = event == TERMINAL_BYTE ? take_key(reader, byte)
							: STEP_ON;
		if (step == STEP_END)
			return TERMINAL_END;
		if (step == STEP_LINE) {
			if (!goes_on(reader, input, &event, &byte))
				return TERMINAL_BYTE;
			append(reader, '\n');
			continue;
		}
		event = terminal_next(input, -1, &byte);
	}
}

/* One showing of the prompt; *number is the signal that ended it, or 0. */
static enum terminal_event read_once(struct reader *reader, int *number)
{
	struct terminal_input input;

	reader->size = 0;
	reader->pasted = reader->too_long = reader->has_nul = false;
	reader->escape = ESCAPE_NONE;
	terminal_hold(&input, reader->file);
	set_reading(reader->file);
	write_bytes(reader->file, reader->line->prompt,
		strlen(reader->line->prompt));
	terminal_mark_pastes();
	enum terminal_event event = read_keys(reader, &input);
	if (event != TERMINAL_BYTE)
		terminal_discard(&input);
	write_bytes(reader->file, "\n", 1);
	*number = terminal_release(&input);
	/* Also one that came after the line's end. */
	return *number == SIGINT ? TERMINAL_SIGNAL : event;
}

static bool accept(const struct reader *reader, enum terminal_event event,
	struct error *err)
{
	if (event == TERMINAL_SIGNAL)
		return error_set(err, STATUS_INTERRUPTED, _("interrupted"));
	if (event == TERMINAL_END)
		return error_tell(err, STATUS_USAGE,
			_("the input ended before there was an answer"),
			_("run it again and type the answer"));
	if (event == TERMINAL_FAILURE)
		return error_set(err, STATUS_IO, _("cannot read the terminal"));
	if (reader->has_nul)
		return error_tell(err, STATUS_INVALID,
			_("the answer has a NUL character"),
			_("give it as text"));
	if (!reader->too_long)
		return true;
	error_set(err, STATUS_INVALID, _("the answer is longer than %zu bytes"),
		reader->line->limit);
	return error_next(err, _("give a shorter one"));
}

bool terminal_ask(int file, const struct terminal_line *line,
	struct secret *value, struct error *err)
{
	struct secret typed = { 0 };
	enum terminal_event event = TERMINAL_FAILURE;
	int number = 0;

	secret_init(&typed, line->limit);
	struct reader reader = {
		.line = line,
		.file = file,
		.bytes = (char *)secret_room(&typed),
	};
	do
		event = read_once(&reader, &number);
	while (event == TERMINAL_SIGNAL && number != SIGINT);
	if (!accept(&reader, event, err)) {
		secret_release(&typed);
		return false;
	}
	if (reader.size && reader.bytes[reader.size - 1] == '\n')
		reader.size--;
	secret_truncate(&typed, reader.size);
	*value = typed;
	return true;
}

bool terminal_read_hidden(const char *prompt, size_t limit,
	struct secret *value, struct error *err)
{
	struct terminal_line line = {
		.prompt = prompt,
		.limit = limit,
		.hidden = true,
		.last = true,
	};
	int file = open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC);

	if (file < 0)
		return error_tell(err, STATUS_USAGE,
			_("there is no terminal to ask on"),
			_("give the value by --from SOURCE"));
	bool ok = terminal_ask(file, &line, value, err);
	close(file);
	return ok;
}
