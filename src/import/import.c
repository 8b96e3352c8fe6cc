/* SPDX-License-Identifier: MIT */
#include "import/import_internal.h"

#include "base/i18n.h"
#include "base/json.h"
#include "base/json_build.h"
#include "base/memory.h"
#include "base/text.h"
#include "base/variable_name.h"
#include "catalogue/key_prefix.h"
#include "catalogue/placeholder.h"
#include "profile/profile.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* So many lines are named; of more only the number is told. */
#define STRAYS_TOLD 10
/* As many as a vault's profile holds (reference/vault-format, section 2). */
#define SECRETS_LIMIT 256

/* Of these no value has other letters than Latin ones, or is a word of
 * documentation. */
static bool is_strict_role(enum role role)
{
	return role == ROLE_MODEL || role == ROLE_KEY || role == ROLE_TOKEN ||
		role == ROLE_API_TOKEN || role == ROLE_EITHER;
}

const char *import_why_no_name(const char *name)
{
	if (variable_name_runs_code(name))
		return _(
			"it decides which code runs, so no profile may set it");
	if (!variable_name_is_allowed(name))
		return _("not every program accepts this as the name of a "
			 "variable");
	return NULL;
}

/* NULL where the variable can be taken over; else why not. */
static const char *why_not(const struct found *found)
{
	const char *name = found->name;
	const char *value = found->value;
	const char *why = import_why_no_name(name);

	if (found->cut)
		return _("some readers end its value at the #, others do not; "
			 "put what is meant into quotes, and import it again");
	if (found->open)
		return _("it begins with a quote that does not end it, and "
			 "readers differ in what they take; put what is meant "
			 "into quotes, and import it again");
	if (why)
		return why;
	if (slice_in_bent_quotes(slice_of(value)).size > 0)
		return _("it is in curly quotes, which belong to the value for "
			 "every reader; put plain ones in their place, and "
			 "import it again");
	if (strchr(value, '\r'))
		return _("its value has a carriage return (CR)");
	if (!text_is_utf8(value, strlen(value)))
		return _("its value is not UTF-8");
	/* "none" can be the true value of a plain variable. */
	bool strict = is_strict_role(role_of(slice_of(name)));
	bool must_be_real = text_starts_with(name, "CF_AIG_") ||
		import_is_secret(name, value);
	if (strict && strstr(value, "://") && !is_address(slice_of(value)))
		return _("its value says where the secret is, and is not the "
			 "secret");
	if ((strict && is_no_value(slice_of(value))) ||
		(must_be_real && placeholder_is(value, strlen(value))))
		return _("its value is a placeholder");
	return NULL;
}

static int compare_found(const void *a, const void *b)
{
	const struct found *first = a;
	const struct found *second = b;
	int order = strcmp(first->name, second->name);

	return order ? order : (first->line > second->line) * 2 - 1;
}

static int compare_lines(const void *a, const void *b)
{
	const struct found *first = a;
	const struct found *second = b;

	return (first->line > second->line) * 2 - 1;
}

/* Lines of one name, of which the last counts for readers. */
static void tell_earlier(
	struct import *import, const struct found *first, size_t count)
{
	const struct found *last = first + count - 1;

	for (; first < last; first++) {
		if (!text_equal(first->value, last->value))
			import_tell(import->out, IMPORT_LEFT, first->name,
				_("line %zu gives it another value than line "
				  "%zu, which counts"),
				first->line, last->line);
	}
}

/* The last line of each name, in the file's order. */
static void keep_last(struct import *import)
{
	struct found *all = import->variables;
	size_t kept = 0;
	size_t count = 0;

	if (import->count == 0)
		return;
	qsort(all, import->count, sizeof(*all), compare_found);
	for (size_t i = 0; i < import->count; i += count) {
		count = 1;
		while (i + count < import->count &&
			text_equal(all[i].name, all[i + count].name))
			count++;
		tell_earlier(import, &all[i], count);
		all[kept++] = all[i + count - 1];
	}
	import->count = kept;
	qsort(all, kept, sizeof(*all), compare_lines);
}

/* What cannot be taken over is told and left out. */
static void leave_out(struct import *import)
{
	size_t kept = 0;

	for (size_t i = 0; i < import->count; i++) {
		struct found *found = &import->variables[i];
		const char *why = why_not(found);
		if (why)
			import_tell(import->out, IMPORT_LEFT, found->name, "%s",
				why);
		else
			import->variables[kept++] = *found;
	}
	import->count = kept;
}

static void collect(struct import *import, const struct envfile *document)
{
	import->count = envfile_count(document);
	import->variables =
		memory_array(import->count, sizeof(*import->variables));
	for (size_t i = 0; i < import->count; i++) {
		struct envfile_entry entry;
		envfile_entry(document, i, &entry);
		import->variables[i] = (struct found){
			.name = entry.name,
			.value = entry.value,
			.line = entry.line,
			.cut = entry.cut,
			.open = entry.open,
		};
	}
	keep_last(import);
	leave_out(import);
}

bool import_refers_to_others(const char *value)
{
	const char *dollar = strchr(value, '$');

	for (; dollar; dollar = strchr(dollar + 1, '$')) {
		if (dollar[1] == '{' || dollar[1] == '_' || dollar[1] == '(' ||
			text_is_letter(dollar[1]))
			return true;
	}
	return false;
}

/* A value with what its references stand for in this file. */
static void resolve(
	struct findings *findings, const char *value, struct buf *out)
{
	const char *end = value + strlen(value);

	while (value < end) {
		if (*value == '$')
			value = findings_reference(findings, value, end, out);
		else
			buf_byte(out, *value++);
	}
}

/* Only addresses are put together of others: a key with a $ is no key. */
static void add_finding(
	struct findings *findings, const struct found *found, size_t at)
{
	SCOPED(buf) struct buf value = BUF(VALUE_LIMIT);
	bool refers = import_refers_to_others(found->value);

	if (refers)
		resolve(findings, found->value, &value);
	else
		buf_text(&value, found->value);
	struct slice text = { buf_cstring(&value), value.size };
	if (value.size > 0 && (!refers || is_address(text)))
		findings_variable(findings, slice_of(found->name), &value, at);
}

static void bind_all(struct findings *findings, const struct import *import)
{
	for (size_t i = 0; i < import->count; i++) {
		SCOPED(buf) struct buf value = BUF(VALUE_LIMIT);
		const struct found *found = &import->variables[i];
		buf_text(&value, found->value);
		if (!import_refers_to_others(found->value))
			findings_bind(findings, slice_of(found->name), &value);
	}
}

/* Under the token's own name a provider's key would be sent to Cloudflare. */
static bool leave_providers_key(struct import *import, struct found *found)
{
	const struct key_prefix *prefix =
		key_prefix_find(found->value, strlen(found->value));

	if (!text_equal(found->name, TOKEN) || !prefix ||
		prefix->issuer != ISSUER_PROVIDER)
		return false;
	found->taken = true;
	import_tell(import->out, IMPORT_LEFT, found->name,
		_("by its form it is a provider's key, and no token of "
		  "Cloudflare's"));
	return true;
}

static void take_token(struct import *import, const struct finding *finding)
{
	struct found *found = finding ? import_found(import, finding) : NULL;

	if (!found || leave_providers_key(import, found)) {
		import_tell(import->out, IMPORT_MISSING, "secrets." TOKEN,
			_("the gateway's token"));
		return;
	}
	bool own = text_equal(found->name, TOKEN);
	/* The variable may hold a whole header, or "Bearer " and the token. */
	import_set_secret(
		import, TOKEN, without_scheme(slice_of(finding->value)).at);
	/* One value, one secret: under the other name it would be forgotten at
	 * the next change. */
	found->taken = true;
	import_tell(import->out, IMPORT_TOOK, found->name,
		own ? _("the gateway's token, a secret")
		    : _("the gateway's token, from now on CF_AIG_TOKEN; this "
			"line stays as it is, and aigenv does not change it"));
}

/* aigenv writes these itself. */
static bool is_rendered(const char *name)
{
	return text_equal(name, TOKEN) || text_equal(name, BASE_URL) ||
		text_starts_with(name, BASE_URL "_");
}

static const char *why_left(
	const struct import *import, const struct found *found, bool secret)
{
	if (is_rendered(found->name))
		return _("names like this are aigenv's own");
	if (import_refers_to_others(found->value))
		return secret ? _("its value has a $ in it, which some readers "
				  "expand; where $ is meant, give the value by "
				  "--secret, which takes it as it is, else "
				  "write it out and import it again")
			      : _("its value has a $ in it, which some readers "
				  "expand; write the value out, and import it "
				  "again");
	if (secret && !found->value[0])
		return _("it looks like a secret, but has no value");
	if (secret ? json_object_size(import->secrets) >= SECRETS_LIMIT
		   : json_object_size(import->vars) >= VARS_LIMIT)
		return _("a profile cannot hold more; the line stays in the "
			 "file");
	return NULL;
}

static void take_the_rest(struct import *import)
{
	for (size_t i = 0; i < import->count; i++) {
		struct found *found = &import->variables[i];
		bool secret = import_is_secret(found->name, found->value);
		if (found->taken)
			continue;
		const char *why = why_left(import, found, secret);
		if (!why && secret)
			import_set_secret(import, found->name, found->value);
		else if (!why)
			import_set(import->vars, found->name, found->value);
		import_tell(import->out, why ? IMPORT_LEFT : IMPORT_TOOK,
			found->name, "%s",
			why              ? why
				: secret ? _("a secret")
					 : _("a plain variable"));
	}
}

/* A slip of the pen, or what some readers stop at: said, not mended. */
static void tell_strays(struct import *import, const struct envfile *document)
{
	struct imported *out = import->out;
	size_t count = 0;
	size_t line;

	for (size_t at = 0; (line = envfile_next_stray(document, &at));) {
		char name[40];
		(void)snprintf(name, sizeof(name), _("line %zu"), line);
		if (++count <= STRAYS_TOLD)
			import_tell(out, IMPORT_LEFT, name,
				_("this is not an assignment: it stays as it "
				  "is, "
				  "and readers skip it or stop there"));
	}
	if (count > STRAYS_TOLD)
		import_tell(out, IMPORT_LEFT, _("further lines"),
			ngettext("%zu more is not an assignment",
				"%zu more are not assignments",
				count - STRAYS_TOLD),
			count - STRAYS_TOLD);
}

static void take_all(struct import *import)
{
	import_routes(import);
	const json_t *route = json_array_get(
		json_object_get(import->out->answers, "routes"), 0);
	take_token(import,
		recognised_token(&import->recognised, import->gateway,
			json_text(route, "provider")));
	take_the_rest(import);
}

void import_env(const struct envfile *document, struct imported *imported)
{
	struct import import = { .out = imported };
	SCOPED(findings) struct findings findings = { 0 };

	*imported = (struct imported){ .answers = json_new_object() };
	import.secrets = json_new_object();
	import.vars = json_new_object();
	findings_init(&findings);
	collect(&import, document);
	bind_all(&findings, &import);
	for (size_t i = 0; i < import.count; i++)
		add_finding(&findings, &import.variables[i], i);
	recognise(&findings, &import.recognised);
	import_gateway(&import);
	take_all(&import);
	tell_strays(&import, document);
	recognised_release(&import.recognised);
	json_put(imported->answers, "vars", import.vars);
	json_put(imported->answers, "secrets", import.secrets);
	free(import.variables);
}

static bool is_answered(const json_t *answers, const char *member)
{
	static const char secrets[] = "secrets.";
	const json_t *routes = json_object_get(answers, "routes");
	char model[64];

	if (text_starts_with(member, secrets))
		return json_inner(answers, "secrets", member + strlen(secrets));
	for (size_t i = 0; i < json_array_size(routes); i++) {
		(void)snprintf(model, sizeof(model), "routes[%zu].model", i);
		if (text_equal(model, member))
			return json_object_get(
				json_array_get(routes, i), "model");
	}
	return json_object_get(answers, member);
}

bool import_note_holds(const struct import_note *note, const json_t *known)
{
	return note->kind != IMPORT_MISSING || !is_answered(known, note->name);
}
