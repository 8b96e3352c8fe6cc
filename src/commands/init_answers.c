/* SPDX-License-Identifier: MIT */
#include "commands/init_answers.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "os/file.h"
#include "os/source.h"
#include "settings/value.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define ANSWERS_LIMIT (1u << 20)
#define ANSWERS_DEPTH 8

static json_t *read_answers(const char *path, struct error *err)
{
	static const struct json_limits limits = { .depth = ANSWERS_DEPTH };
	SCOPED(buf) struct buf text = BUF(ANSWERS_LIMIT);
	bool is_stdin = text_equal(path, "-");
	const char *name = is_stdin ? "stdin" : path;
	bool ok = is_stdin
		? file_read_descriptor(STDIN_FILENO, name, &text, err)
		: file_read_given(path, &text, NULL, NULL, err);

	if (!ok)
		return NULL;
	json_t *answers =
		json_parse(buf_cstring(&text), text.size, name, &limits, err);
	if (answers && !json_is_object(answers)) {
		error_set(err, STATUS_INVALID, _("must be a JSON object"));
		error_at(err, "%s", name);
		json_decref(answers);
		return NULL;
	}
	return answers;
}

#define OPTION_OF_TEXT OPTION_TEXT
#define OPTION_OF_INTEGER_OR_TEXT OPTION_TEXT
#define OPTION_OF_LIST OPTION_LIST
#define OPTION_OF_TEXT_OR_LIST OPTION_LIST
#define OPTION_OF_TEXT_MAP OPTION_LIST
#define OPTION_OF_RECORDS OPTION_LIST

#define ROW(name_, value_, type_, at_, file_, help_)                           \
	{                                                                      \
		.name = (name_), .value = (value_), .type = (type_),           \
		.is_file = (file_),                                            \
		.offset = offsetof(struct init_values, at_), .help = (help_),  \
		.topic = "Answers"                                             \
	}

const struct option init_options[] = {
	ROW("answers", "FILE", OPTION_TEXT, answers, true,
		"all answers as JSON; - for stdin"),
#define SETTING(id, group, type, need, member, flag, value, help, ...)         \
	ROW(flag, value, OPTION_OF_##type, flags[SETTING_##id], false, help),
#define INNER(...)
#include "settings/table.def"
#undef INNER
#undef SETTING
	ROW("secret", "NAME=SOURCE", OPTION_LIST, secrets, true,
		"SOURCE: -, @FILE, env:VAR or fd:N"),
	DEPLOY_OPTIONS,
	{ .name = NULL },
};

#define LIST_TYPES (TYPE_LIST | TYPE_TEXT_MAP | TYPE_RECORDS)

/* What was given, as a list of texts. */
static struct text_list given_texts(
	const struct setting *setting, union init_flag *flag)
{
	if (setting->type & LIST_TYPES)
		return flag->list;
	return (struct text_list){ &flag->text, flag->text ? 1 : 0 };
}

/* The member, made where it is not there; NULL where it is of another type,
 * which is refused with all answers. */
static json_t *member_of(
	json_t *answers, const char *name, json_t *(*kind)(void))
{
	JSON_SCOPED json_t *made = kind();

	if (!json_object_get(answers, name))
		json_put_shared(answers, name, made);
	json_t *member = json_object_get(answers, name);
	return json_typeof(member) == json_typeof(made) ? member : NULL;
}

/* The flags describe one route: the file's only one, or a new one. */
static bool find_route(json_t *answers, json_t **route, struct error *err)
{
	json_t *routes = member_of(answers, "routes", json_new_list);

	if (json_array_size(routes) > 1) {
		error_set(err, STATUS_USAGE,
			_("flags describe one route, but there are several"));
		return error_next(err, _("give all routes by --answers FILE"));
	}
	if (routes && json_array_size(routes) == 0)
		json_push(routes, json_new_object());
	*route = json_array_get(routes, 0);
	return true;
}

static bool set_value(json_t *object, const struct setting *setting,
	const struct text_list *texts, struct error *err)
{
	json_t *value =
		settings_values(setting, texts->items, texts->count, err);

	if (!value) {
		err->status = STATUS_USAGE;
		return error_at(err, "--%s", setting->flag);
	}
	if (json_is_object(object))
		json_put(object, setting->member, value);
	else
		json_decref(value);
	return true;
}

/* NAME=REST: the name is owned by the caller, the rest borrowed. */
static bool split_pair(const char *flag, const char *pair, char **name,
	const char **rest, struct error *err)
{
	const char *equals = strchr(pair, '=');

	if (!equals || equals == pair) {
		/* Not quoted: whoever forgot the name may have typed a key. */
		error_set(err, STATUS_USAGE, _("--%s needs the form NAME=..."),
			flag);
		return error_next(
			err, _("`aigenv help init` shows an example"));
	}
	*name = memory_copy(pair, (size_t)(equals - pair));
	*rest = equals + 1;
	return true;
}

/* --var NAME=VALUE; --output TEMPLATE=PATH */
static bool set_pair(json_t *answers, const struct setting *setting,
	const char *pair, struct error *err)
{
	bool is_map = setting->type == TYPE_TEXT_MAP;
	json_t *all = member_of(answers, setting->member,
		is_map ? json_new_object : json_new_list);
	const char *value = NULL;
	char *name = NULL;

	if (!split_pair(setting->flag, pair, &name, &value, err))
		return false;
	if (is_map && all)
		json_put_text(all, name, value);
	else if (all)
		json_push(all,
			JSON_RECORD(JSON_TEXT("template", name),
				JSON_TEXT("path", value)));
	free(name);
	return true;
}

static bool set_pairs(json_t *answers, const struct setting *setting,
	const struct text_list *pairs, struct error *err)
{
	/* Lists replace those of the file. */
	if (setting->type == TYPE_RECORDS)
		json_put(answers, setting->member, json_new_list());
	for (size_t i = 0; i < pairs->count; i++) {
		if (!set_pair(answers, setting, pairs->items[i], err))
			return false;
	}
	return true;
}

static bool set_setting(json_t *answers, const struct setting *setting,
	const struct text_list *texts, struct error *err)
{
	json_t *object = answers;

	if (setting->type & TYPE_GROUPS)
		return set_pairs(answers, setting, texts, err);
	if (setting->group == SETTINGS_ROUTE &&
		!find_route(answers, &object, err))
		return false;
	if (setting->group == SETTINGS_PM2)
		object = member_of(answers, "pm2", json_new_object);
	return set_value(object, setting, texts, err);
}

static bool set_settings(
	json_t *answers, const struct init_values *values, struct error *err)
{
	for (size_t i = 0; i < SETTING_COUNT; i++) {
		const struct setting *setting = &settings_table[i];
		union init_flag flag = values->flags[i];
		struct text_list texts = given_texts(setting, &flag);
		if (texts.count > 0 &&
			!set_setting(answers, setting, &texts, err))
			return false;
	}
	return true;
}

static bool set_secret(json_t *answers, const char *name, const char *source,
	struct error *err)
{
	SCOPED(secret) struct secret value = { 0 };

	if (!source_read(source, &value, err))
		return err->where[0] ? false
				     : error_at(err, "--secret %.100s", name);
	json_t *secrets = member_of(answers, "secrets", json_new_object);
	if (secrets)
		json_put(secrets, name,
			json_new_bytes(secret_reveal(&value), value.size));
	return true;
}

static bool set_secrets(
	json_t *answers, const struct init_values *values, struct error *err)
{
	bool stdin_taken = values->answers && text_equal(values->answers, "-");

	for (size_t i = 0; i < values->secrets.count; i++) {
		const char *source = NULL;
		char *name = NULL;
		if (!split_pair("secret", values->secrets.items[i], &name,
			    &source, err))
			return false;
		bool is_stdin = text_equal(source, "-");
		bool ok = !(is_stdin && stdin_taken) ||
			error_set(err, STATUS_USAGE,
				_("stdin can be read once only"));
		stdin_taken = stdin_taken || is_stdin;
		ok = ok && set_secret(answers, name, source, err);
		free(name);
		if (!ok)
			return false;
	}
	return true;
}

/* `vars` and `secrets` by name, everything else as a whole. */
static bool add_file(json_t *answers, const char *path, struct error *err)
{
	JSON_SCOPED json_t *given = read_answers(path, err);
	const char *name = NULL;
	json_t *value = NULL;

	if (!given)
		return false;
	json_object_foreach(given, name, value) {
		json_t *present = json_object_get(answers, name);
		if (json_is_object(present) && json_is_object(value))
			json_put_all(present, value);
		else
			json_put_shared(answers, name, value);
	}
	return true;
}

bool init_add_answers(
	json_t *answers, const struct init_values *values, struct error *err)
{
	return (!values->answers || add_file(answers, values->answers, err)) &&
		set_settings(answers, values, err) &&
		set_secrets(answers, values, err);
}
