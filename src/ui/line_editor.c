/* SPDX-License-Identifier: MIT */
/*
 * libedit, with our own reading of bytes under it. Between the terminal and
 * libedit we take out what libedit does not know: bracketed pastes, signals
 * that have to wait until the terminal is restored, UTF-8 in any locale.
 */
#include "ui/prompt_internal.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "ui/edit_library.h"
#include "ui/line_paste_internal.h"

#include <fcntl.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The keys that cut; Ctrl-U takes all. */
#define CUT_REST 0x0b /* Ctrl-K */
#define CUT_WORD 0x17 /* Ctrl-W */

struct line_editor {
	struct edit_library library;
	EditLine *edit;
	FILE *stream;
	struct terminal_input input;
	const struct edit_request *request;
	enum terminal_event ending; /* what ended the input, else a byte */
	bool went_back;             /* Ctrl-B on an empty line */
	struct line_paste paste;
	size_t characters; /* that libedit was given for this line */
	char *locale;      /* as it was; owned */
};

/*
 * Static because libedit's callbacks get nothing but their EditLine, and what
 * could ask that for our context is behind this very pointer.
 */
static struct line_editor *current;

static char *prompt_of(EditLine *edit)
{
	static char label[512];

	(void)edit;
	(void)snprintf(label, sizeof(label), "%s", current->request->label);
	return label;
}

/* The next byte for libedit. */
static enum terminal_event next_byte(struct line_editor *editor, char *byte)
{
	for (;;) {
		if (line_paste_take(&editor->paste, byte))
			return TERMINAL_BYTE;
		enum terminal_event event =
			terminal_next(&editor->input, -1, byte);
		if (event == TERMINAL_RESIZED)
			editor->library.el_resize(editor->edit);
		else if (event != TERMINAL_BYTE)
			return event;
		else
			/* A ^D typed between two questions arrives as NUL. */
			line_paste_put(&editor->paste, *byte ? *byte : 0x04);
	}
}

/* EL_GETCFN: one character; bytes that are no UTF-8 are passed over. */
static int read_character(EditLine *edit, wchar_t *character)
{
	struct line_editor *editor = current;
	char bytes[4];
	size_t size = 0;

	(void)edit;
	for (;;) {
		uint32_t value = 0;
		enum terminal_event event = next_byte(editor, &bytes[size]);
		if (event != TERMINAL_BYTE) {
			editor->ending = event;
			return 0;
		}
		size++;
		if (text_decode(bytes, size, &value) == size) {
			*character = (wchar_t)value;
			editor->characters++;
			return 1;
		}
		if (size == sizeof(bytes))
			size = 0;
	}
}

static bool line_is_empty(const struct line_editor *editor)
{
	const LineInfo *line = editor->library.el_line(editor->edit);

	return line->lastchar == line->buffer;
}

/* Ctrl-B: the question before on an empty line, else a step to the left. */
static unsigned char go_back(EditLine *edit, int key)
{
	(void)key;
	if (!line_is_empty(current)) {
		current->library.el_cursor(edit, -1);
		return CC_CURSOR;
	}
	current->went_back = true;
	return CC_EOF;
}

/* How much of it all completions of `word` have in common; *count of them. */
static size_t common_completion(const char *const *completions,
	const char *word, size_t size, const char **first, size_t *count)
{
	size_t common = 0;

	for (*count = 0; *completions; completions++) {
		const char *each = *completions;
		if (strlen(each) < size || memcmp(each, word, size) != 0)
			continue;
		if ((*count)++ == 0) {
			*first = each;
			common = strlen(each);
		}
		size_t same = size;
		while (same < common && each[same] == (*first)[same])
			same++;
		common = same;
	}
	return common;
}

/* Tab: as much as is certain of what the line may become. */
static unsigned char complete(EditLine *edit, int key)
{
	const LineInfo *line = current->library.el_line(edit);
	size_t size = (size_t)(line->cursor - line->buffer);
	const char *first = NULL;
	size_t count = 0;

	(void)key;
	if (!current->request->completions)
		return CC_ERROR;
	size_t common = common_completion(current->request->completions,
		line->buffer, size, &first, &count);
	if (count == 0 || common <= size)
		return CC_ERROR;
	OWNED char *rest = memory_copy(first + size, common - size);
	current->library.el_insertstr(edit, rest);
	return CC_REFRESH;
}

/* How far the word before the cursor reaches back, blanks after it included. */
static size_t word_before(const LineInfoW *line)
{
	const wchar_t *at = line->cursor;

	while (at > line->buffer && at[-1] == L' ')
		at--;
	while (at > line->buffer && at[-1] != L' ')
		at--;
	return (size_t)(line->cursor - at);
}

/*
 * Ctrl-U, Ctrl-K and Ctrl-W. libedit's own keep what they cut, to be put in
 * elsewhere; what was typed in the wrong place may be a key.
 */
static unsigned char cut(EditLine *edit, int key)
{
	const struct edit_library *library = &current->library;
	const LineInfoW *line = library->el_wline(edit);
	size_t before = (size_t)(line->cursor - line->buffer);
	size_t after = (size_t)(line->lastchar - line->cursor);
	size_t size = before + after;

	if (key == CUT_WORD)
		size = word_before(line);
	else if (key == CUT_REST)
		size = after;
	if (key != CUT_WORD)
		library->el_cursor(edit, (int)after);
	library->el_deletestr(edit, (int)size);
	return CC_REFRESH;
}

/*
 * Writes blanks over what libedit keeps of the line: its own copy in wide
 * characters, and the one that it has made of that for us (`text`, or NULL).
 */
static void wipe_line(struct line_editor *editor, const char *text, size_t size)
{
	const struct edit_library *library = &editor->library;
	EditLine *edit = editor->edit;
	const LineInfoW *line = library->el_wline(edit);
	size_t most = editor->characters + 1;
	OWNED char *blanks = memory_new(most + 1);

	memset(blanks, ' ', most);
	library->el_cursor(edit, (int)(line->lastchar - line->cursor));
	line = library->el_wline(edit);
	library->el_deletestr(edit, (int)(line->lastchar - line->buffer));
	(void)library->el_insertstr(edit, blanks);
	library->el_deletestr(edit, (int)most);
	/* It is const for other callers; the bytes are libedit's buffer. */
	union {
		const char *given;
		char *bytes;
	} copy = { .given = text };
	memory_wipe(copy.bytes, size);
	editor->characters = 0;
}

static void set_up(struct line_editor *editor)
{
	static const char *const bindings[][2] = {
		{ "\033[3~", "ed-delete-next-char" },
		{ "\033[H", "ed-move-to-beg" },
		{ "\033[F", "ed-move-to-end" },
		{ "\033[1~", "ed-move-to-beg" },
		{ "\033[4~", "ed-move-to-end" },
		{ "^U", "aigenv-cut" },
		{ "^K", "aigenv-cut" },
		{ "^W", "aigenv-cut" },
		/* The other ways to cut or copy. */
		{ "^Y", "ed-unassigned" },
		{ "\033d", "ed-unassigned" },
		{ "\033w", "ed-unassigned" },
		{ "\033W", "ed-unassigned" },
		{ "\033D", "ed-unassigned" },
		{ "\033^H", "ed-unassigned" },
		{ "\033\177", "ed-unassigned" },
		{ "^B", "aigenv-back" },
		{ "^I", "aigenv-complete" },
	};
	EditLine *edit = editor->edit;

	editor->library.el_set(edit, EL_PROMPT, prompt_of);
	editor->library.el_set(edit, EL_SIGNAL, 0);
	editor->library.el_set(edit, EL_EDITOR, "emacs");
	editor->library.el_set(edit, EL_GETCFN, read_character);
	/* The wide form keeps these names; the other one leaks copies of them.
	 */
	editor->library.el_wset(edit, EL_ADDFN, L"aigenv-back",
		L"the question before", go_back);
	editor->library.el_wset(edit, EL_ADDFN, L"aigenv-complete",
		L"complete the answer", complete);
	editor->library.el_wset(
		edit, EL_ADDFN, L"aigenv-cut", L"cut, and keep nothing", cut);
	for (size_t i = 0; i < ARRAY_SIZE(bindings); i++)
		editor->library.el_set(
			edit, EL_BIND, bindings[i][0], bindings[i][1], NULL);
}

static FILE *open_stream(int file)
{
	int copy = fcntl(file, F_DUPFD_CLOEXEC, 3);
	FILE *stream = copy < 0 ? NULL : fdopen(copy, "r+");

	if (!stream && copy >= 0)
		close(copy);
	return stream;
}

struct line_editor *line_editor_open(int file)
{
	struct line_editor *editor = NULL;
	struct edit_library library = { 0 };

	if (current || !terminal_can_erase() || !edit_library_open(&library))
		return NULL;
	editor = memory_new(sizeof(*editor));
	editor->library = library;
	editor->paste = LINE_PASTE;
	editor->stream = open_stream(file);
	/* What libedit shows is encoded by the locale: ours is UTF-8 alone. */
	editor->locale = memory_text(setlocale(LC_CTYPE, NULL));
	setlocale(LC_CTYPE, "C.UTF-8");
	if (editor->stream)
		editor->edit = library.el_init("aigenv", editor->stream,
			editor->stream, editor->stream);
	current = editor;
	if (!editor->edit) {
		line_editor_close(editor);
		return NULL;
	}
	set_up(editor);
	return editor;
}

void line_editor_close(struct line_editor *editor)
{
	if (!editor)
		return;
	if (editor->edit)
		editor->library.el_end(editor->edit);
	if (editor->stream)
		(void)fclose(editor->stream);
	setlocale(LC_CTYPE, editor->locale);
	free(editor->locale);
	line_paste_release(&editor->paste);
	free(editor);
	current = NULL;
}

/*
 * Whether what was entered goes on: a curl command continues after "\", and a
 * paste that no terminal marked comes all at once.
 */
static bool goes_on(struct line_editor *editor, const struct buf *text)
{
	char byte = 0;

	if (!editor->request->multiline || text->size == 0)
		return false;
	if (text->data[text->size - 1] == '\\' ||
		line_paste_is_waiting(&editor->paste))
		return true;
	if (terminal_next(&editor->input, TERMINAL_PASTE_GAP_MS, &byte) !=
		TERMINAL_BYTE)
		return false;
	line_paste_put(&editor->paste, byte);
	return true;
}

/* The rows that the line just entered takes, label and all, become empty: the
 * cursor stands in the row below them. */
static void take_off_screen(
	struct line_editor *editor, const char *line, size_t size)
{
	const char *label = editor->request->label;
	size_t columns = terminal_columns(fileno(editor->stream));
	size_t width =
		text_width(label, strlen(label)) + text_width(line, size);

	(void)fprintf(editor->stream, "\033[%zuA\r\033[J%s\n",
		columns ? width / columns + 1 : 1, label);
	(void)fflush(editor->stream);
}

/* Reads one line of the answer; false where the input ended. */
static bool edit_line(struct line_editor *editor, struct buf *text)
{
	int size = 0;
	const char *line = editor->library.el_gets(editor->edit, &size);
	bool got = line && size > 0;

	if (got) {
		size_t length = strlen(line);
		if (length && line[length - 1] == '\n')
			length--;
		buf_append(text, line, length);
		if (editor->request->conceals &&
			editor->request->conceals(line, length))
			take_off_screen(editor, line, length);
		buf_append(text, buf_cstring(&editor->paste.lines),
			editor->paste.lines.size);
		buf_clear(&editor->paste.lines);
	}
	wipe_line(editor, line, got ? (size_t)size : 0);
	return got;
}

/* The further lines of an answer, each after a "> ". */
static bool edit_more(struct line_editor *editor, struct buf *text)
{
	const struct edit_request *whole = editor->request;
	struct edit_request more = {
		.label = "> ", .multiline = true, .conceals = whole->conceals
	};
	bool ended = false;

	while (!ended && goes_on(editor, text)) {
		buf_byte(text, '\n');
		editor->request = &more;
		ended = !edit_line(editor, text);
		editor->request = whole;
	}
	return !ended;
}

/* One showing of the label, up to the answer's end; *number as in release. */
static bool edit_once(struct line_editor *editor, struct buf *text, int *number)
{
	editor->ending = TERMINAL_BYTE;
	editor->went_back = false;
	terminal_hold(&editor->input, fileno(editor->stream));
	editor->paste.conceals = editor->request->conceals;
	terminal_mark_pastes();
	/* Before the label: keys typed on seeing it are no longer the tty's. */
	editor->library.el_set(editor->edit, EL_PREP_TERM, 1);
	bool complete_line = edit_line(editor, text) && edit_more(editor, text);
	if (!complete_line && !editor->went_back)
		terminal_discard(&editor->input);
	*number = terminal_release(&editor->input);
	/* Also one that came after the line's end. */
	if (*number == SIGINT)
		editor->ending = TERMINAL_SIGNAL;
	return complete_line;
}

static bool accept(const struct line_editor *editor, const struct buf *text,
	bool ended, struct error *err)
{
	if (editor->ending == TERMINAL_SIGNAL)
		return error_set(err, STATUS_INTERRUPTED, _("interrupted"));
	if (editor->ending == TERMINAL_FAILURE)
		return error_set(err, STATUS_IO, _("cannot read the terminal"));
	if (ended && !editor->went_back)
		return error_tell(err, STATUS_USAGE,
			_("the input ended before there was an answer"),
			_("run it again and type the answer"));
	if (!buf_failed(text))
		return true;
	error_set(err, STATUS_INVALID, _("the answer is longer than %zu bytes"),
		text->limit);
	return error_next(err, _("give a shorter one"));
}

bool line_editor_ask(struct line_editor *editor,
	const struct edit_request *request, struct secret *value,
	struct error *err)
{
	SCOPED(buf) struct buf text = BUF(PROMPT_LIMIT);
	bool ended = false;
	int number = 0;

	do {
		if (editor->ending == TERMINAL_SIGNAL)
			buf_clear(&text);
		editor->request = request;
		ended = !edit_once(editor, &text, &number);
		if (ended)
			(void)fputc('\n', editor->stream);
		(void)fflush(editor->stream);
	} while (editor->ending == TERMINAL_SIGNAL && number != SIGINT);
	if (!accept(editor, &text, ended, err))
		return false;
	if (editor->went_back)
		secret_copy(value, "<", 1);
	else
		secret_copy(value, buf_cstring(&text), text.size);
	return true;
}
