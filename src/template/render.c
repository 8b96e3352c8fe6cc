/* SPDX-License-Identifier: MIT */
/* From nodes and data to text. */
#include "template/template.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "template/template_internal.h"

#include <stdlib.h>
#include <string.h>

/* The context stack, built on C's own: each section's value over its outer. */
struct scope {
	const struct scope *outer;
	json_t *value;
};

/* Partials are asked for and parsed once a rendering. */
struct partial {
	struct partial *next;
	char *name;
	char *text; /* NULL: there is no such partial */
	size_t size;
	struct parsed_template parsed;
};

struct rendering {
	const struct template_options *options;
	struct buf *out;
	struct error *err;
	struct partial *partials;
	size_t steps;
	size_t depth;
};

/* The nodes of one text, and what goes in front of each of its lines. */
struct page {
	const struct parsed_template *parsed;
	struct slice indent;
};

static bool render_nodes(struct rendering *rendering, const struct page *page,
	size_t first, size_t last, const struct scope *scope);

static bool refuse(const struct rendering *rendering, const struct page *page,
	const struct node *node, const char *what)
{
	error_set(rendering->err, STATUS_INVALID, "%s", what);
	return template_error_at(page->parsed, node->offset, rendering->err);
}

/* `what` has a place for the name. */
#define REFUSE_NAME(rendering, page, node, what)                               \
	(error_set((rendering)->err, STATUS_INVALID, (what),                   \
		 (int)(node)->text.size, (node)->text.at),                     \
		template_error_at(                                             \
			(page)->parsed, (node)->offset, (rendering)->err))

/* Appends text with the indentation in front of every line but blank ones. */
static void write_text(struct rendering *rendering, const struct page *page,
	const struct node *node)
{
	struct slice rest = node->text;
	bool line_start = node->line_start;

	if (page->indent.size == 0) {
		buf_append(rendering->out, rest.at, rest.size);
		return;
	}
	do {
		const char *end =
			rest.size ? memchr(rest.at, '\n', rest.size) : NULL;
		size_t size = end ? (size_t)(end - rest.at) + 1 : rest.size;
		bool blank =
			end && (size == 1 || (size == 2 && rest.at[0] == '\r'));
		if (line_start && !blank)
			buf_append(rendering->out, page->indent.at,
				page->indent.size);
		buf_append(rendering->out, rest.at, size);
		rest.at += size;
		rest.size -= size;
		line_start = true;
	} while (rest.size);
}

static json_t *member(json_t *value, const char *name, size_t size)
{
	return json_is_object(value) ? json_object_getn(value, name, size)
				     : NULL;
}

/*
 * The first part is looked for from the innermost scope outwards; what follows
 * it only inside of what was found, so a broken chain is a miss.
 */
static json_t *look_up(const struct scope *scope, struct slice name)
{
	if (slice_is(name, "."))
		return scope->value;
	const char *dot = memchr(name.at, '.', name.size);
	size_t size = dot ? (size_t)(dot - name.at) : name.size;
	json_t *found = NULL;

	for (; scope && !found; scope = scope->outer)
		found = member(scope->value, name.at, size);
	while (found && size < name.size) {
		name.at += size + 1;
		name.size -= size + 1;
		dot = memchr(name.at, '.', name.size);
		size = dot ? (size_t)(dot - name.at) : name.size;
		found = member(found, name.at, size);
	}
	return found;
}

/*
 * What messages call the value. Inside {{#variables}} every one is "value":
 * there its name stands beside it.
 */
static void name_value(const struct scope *scope, struct slice tag,
	char name[TEMPLATE_NAME_LIMIT + 1])
{
	const json_t *beside = json_object_get(scope->value, "name");
	bool is_beside = slice_is(tag, "value") &&
		json_string_length(beside) > 0 &&
		json_string_length(beside) <= TEMPLATE_NAME_LIMIT;

	if (is_beside) {
		memcpy(name, json_string_value(beside),
			json_string_length(beside) + 1);
		return;
	}
	memcpy(name, tag.at, tag.size);
	name[tag.size] = '\0';
}

static bool render_value(struct rendering *rendering, const struct page *page,
	const struct node *node, const struct scope *scope)
{
	json_t *value = look_up(scope, node->text);
	struct style style = { rendering->options->escaping,
		rendering->options->readers, rendering->options->secrets };
	char name[TEMPLATE_NAME_LIMIT + 1];

	if (!value)
		return !rendering->options->strict ||
			REFUSE_NAME(rendering, page, node,
				_("nothing is called \"%.*s\""));
	name_value(scope, node->text, name);
	if (node->kind == NODE_RAW)
		style.escaping = ESCAPE_NONE;
	if (template_write_value(
		    style, name, value, rendering->out, rendering->err))
		return true;
	return template_error_at(page->parsed, node->offset, rendering->err);
}

static bool render_children(struct rendering *rendering,
	const struct page *page, const struct node *node,
	const struct scope *scope)
{
	size_t first = (size_t)(node - page->parsed->nodes) + 1;

	return render_nodes(rendering, page, first, node->end, scope);
}

static bool check_limits(struct rendering *rendering, const struct page *page,
	const struct node *node)
{
	if (rendering->depth > TEMPLATE_DEPTH_LIMIT)
		return refuse(rendering, page, node,
			_("sections and partials are nested too deep: does a "
			  "partial call itself without end?"));
	if (++rendering->steps > TEMPLATE_STEP_LIMIT)
		return refuse(rendering, page, node,
			_("rendering takes too many steps: are there lists "
			  "inside lists?"));
	if (buf_failed(rendering->out))
		return refuse(rendering, page, node,
			_("what is rendered is larger than allowed"));
	return true;
}

static bool render_section(struct rendering *rendering, const struct page *page,
	const struct node *node, const struct scope *scope)
{
	json_t *value = look_up(scope, node->text);
	struct scope inner = { scope, value };

	if (!value && rendering->options->strict)
		return REFUSE_NAME(
			rendering, page, node, _("nothing is called \"%.*s\""));
	bool truthy =
		value && template_is_truthy(rendering->options->secrets, value);
	if (node->kind == NODE_INVERTED)
		return truthy || render_children(rendering, page, node, scope);
	if (!truthy)
		return true;
	if (!json_is_array(value))
		return render_children(rendering, page, node, &inner);
	for (size_t i = 0; i < json_array_size(value); i++) {
		inner.value = json_array_get(value, i);
		/* An empty section counts as a step, too. */
		if (!check_limits(rendering, page, node) ||
			!render_children(rendering, page, node, &inner))
			return false;
	}
	return true;
}

/* Finds or makes the entry of a partial; NULL where it cannot be
 * read or parsed. */
static struct partial *get_partial(
	struct rendering *rendering, const struct node *node)
{
	const struct template_options *options = rendering->options;
	char *name = memory_copy(node->text.at, node->text.size);

	for (struct partial *known = rendering->partials; known;
		known = known->next) {
		if (strcmp(known->name, name) == 0) {
			free(name);
			return known;
		}
	}
	struct partial *made = memory_new(sizeof(*made));
	made->name = name;
	made->next = rendering->partials;
	rendering->partials = made;
	const char *text = NULL;
	if (options->partial &&
		!options->partial(options->context, name, &text, &made->size,
			rendering->err))
		return NULL;
	if (!text)
		return made;
	made->text = memory_copy(text, made->size);
	return template_parse(&made->parsed, name, made->text, made->size,
		       options->escaping, rendering->err)
		? made
		: NULL;
}

static bool render_partial(struct rendering *rendering, const struct page *page,
	const struct node *node, const struct scope *scope)
{
	const struct partial *partial = get_partial(rendering, node);
	SCOPED(buf) struct buf indent = BUF(TEMPLATE_LIMIT);

	if (!partial)
		return false;
	if (!partial->text)
		return !rendering->options->strict ||
			REFUSE_NAME(rendering, page, node,
				_("there is no partial \"%.*s\""));
	/*
	 * An inline partial stands in its line; its lines are its own. One that
	 * stands alone passes on what its own line is indented by, even where
	 * it adds nothing to it.
	 */
	if (node->indent.at) {
		buf_append(&indent, page->indent.at, page->indent.size);
		buf_append(&indent, node->indent.at, node->indent.size);
	}
	if (buf_failed(&indent))
		return refuse(rendering, page, node,
			_("this partial is indented by more than 1 MiB"));
	struct page inner = { &partial->parsed,
		{ buf_cstring(&indent), indent.size } };
	return render_nodes(rendering, &inner, 0, partial->parsed.count, scope);
}

static bool render_node(struct rendering *rendering, const struct page *page,
	const struct node *node, const struct scope *scope)
{
	switch (node->kind) {
	case NODE_TEXT:
		write_text(rendering, page, node);
		return true;
	case NODE_SECTION:
	case NODE_INVERTED:
		return render_section(rendering, page, node, scope);
	case NODE_PARTIAL:
		return render_partial(rendering, page, node, scope);
	default:
		return render_value(rendering, page, node, scope);
	}
}

static bool render_nodes(struct rendering *rendering, const struct page *page,
	size_t first, size_t last, const struct scope *scope)
{
	rendering->depth++;
	for (size_t i = first; i < last; i++) {
		const struct node *node = &page->parsed->nodes[i];
		if (!check_limits(rendering, page, node) ||
			!render_node(rendering, page, node, scope))
			return false;
		if (node->end)
			i = node->end - 1;
	}
	rendering->depth--;
	return true;
}

static void release_partials(struct partial *partial)
{
	while (partial) {
		struct partial *next = partial->next;
		parsed_template_release(&partial->parsed);
		free(partial->text);
		free(partial->name);
		free(partial);
		partial = next;
	}
}

/* Into out alone, which has the limit of what may be rendered. */
static bool render_into(const struct parsed_template *parsed, json_t *data,
	const struct template_options *options, struct buf *out,
	struct error *err)
{
	struct rendering rendering = {
		.options = options,
		.out = out,
		.err = err,
	};
	struct page page = { parsed, { "", 0 } };
	struct scope scope = { NULL, data };
	bool rendered =
		render_nodes(&rendering, &page, 0, parsed->count, &scope);

	release_partials(rendering.partials);
	return rendered;
}

bool template_render(const char *text, size_t size, json_t *data,
	const struct template_options *options, struct buf *out,
	struct error *err)
{
	struct parsed_template parsed = { 0 };
	size_t room = out->limit - out->size;
	SCOPED(buf)
	struct buf rendered = BUF(
		room < TEMPLATE_OUTPUT_LIMIT ? room : TEMPLATE_OUTPUT_LIMIT);

	bool done = template_parse(&parsed, options->name, text, size,
			    options->escaping, err) &&
		render_into(&parsed, data, options, &rendered, err);
	parsed_template_release(&parsed);
	if (!done)
		return error_advise(err,
			_("correct the template there; `aigenv help templates` "
			  "has the rules"));
	if (buf_failed(&rendered) || buf_failed(out)) {
		error_set(err, STATUS_INVALID,
			_("what is rendered is more than %zu bytes"),
			rendered.limit);
		error_at(err, "%s", options->name);
		return error_next(
			err, _("make the template or its data smaller"));
	}
	buf_append(out, buf_cstring(&rendered), rendered.size);
	return true;
}
