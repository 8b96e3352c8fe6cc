/* SPDX-License-Identifier: MIT */
/* PM2's saved list: what the next boot brings back. */
#include "drift/drift_internal.h"

#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "pm2/sealed.h"

#include <string.h>

static bool has_stored(const json_t *record, const char *name)
{
	char *value = live_stored(record, name);
	bool there = value != NULL;

	memory_free(value, value ? strlen(value) : 0);
	return there;
}

static bool is_sealed(const struct drift_wanted *wanted)
{
	return sealed_is(drift_ecosystem_template(wanted->profile));
}

/* PM2 gives the app what is saved, and nothing else: a value that is not there
 * is as wrong as another one. A sealed start has none there, and an app that
 * reads its .env by itself may have none. */
static bool differs(const json_t *record, const struct variable *variable,
	enum drift_source source)
{
	if (source == SOURCE_SEALED)
		return has_stored(record, variable->name);
	if (source == SOURCE_APP && !has_stored(record, variable->name))
		return false;
	return !holds(live_stored(record, variable->name), variable);
}

static bool record_is_stale(const json_t *record,
	const struct drift_wanted *wanted, enum drift_source source)
{
	const struct variables *variables = wanted->variables;

	for (size_t i = 0; i < variables->count; i++)
		if (differs(record, &variables->items[i], source))
			return true;
	JSON_EACH(name, wanted->lost_names)
		if (!variables_find(variables, json_string_value(name.value)) &&
			has_stored(record, json_string_value(name.value)))
			return true;
	return false;
}

static size_t count_records(const json_t *list, const char *app)
{
	size_t count = 0;

	JSON_EACH(record, list)
		count += text_equal(
			json_text_or_empty(record.value, "name"), app);
	return count;
}

/* The next boot would start it otherwise than it is set. */
static bool is_started_otherwise(json_t *record, const char *app,
	const json_t *list, const struct drift_wanted *wanted)
{
	JSON_SCOPED json_t *settings = json_new_list();
	struct live_process process;
	SCOPED(launch) struct launch launch = { 0 };

	if (!live_process_of_record(record, &process) ||
		!find_launch(wanted, app, &launch))
		return false;
	if (is_sealed(wanted))
		sealed_launch(&launch, wanted->profile, wanted->vault);
	compare_launch(&process, &launch, count_records(list, app), settings);
	return json_array_size(settings) > 0;
}

static enum drift_dump compare(const json_t *list,
	const struct drift_wanted *wanted, enum drift_source source)
{
	enum drift_dump result = DUMP_ABSENT;

	JSON_EACH(record, list) {
		const char *app = json_text_or_empty(record.value, "name");

		if (is_given_up(wanted, app))
			return DUMP_STALE;
		if (!drift_names_app(wanted->profile->pm2.app, app))
			continue;
		if (record_is_stale(record.value, wanted, source) ||
			is_started_otherwise(record.value, app, list, wanted))
			return DUMP_STALE;
		result = DUMP_IN_SYNC;
	}
	return result;
}

/* `pm2 save` writes what runs at that time; the profile's own apps run by
 * then. */
static char *find_unsaved(const json_t *list, const struct drift_wanted *wanted,
	const struct live *live)
{
	JSON_EACH(record, list) {
		const char *app = json_text_or_empty(record.value, "name");

		if (*app && !drift_names_app(wanted->profile->pm2.app, app) &&
			!is_given_up(wanted, app) &&
			!live_next(live, app, NULL))
			return memory_text(app);
	}
	return NULL;
}

void compare_dumps(struct drift *drift, const struct drift_wanted *wanted,
	const struct live *live)
{
	struct error ignored;
	json_t *list = NULL;

	if (live_read_dump(live->home, false, &list, &ignored) ==
		LIVE_DUMP_READ) {
		drift->dump = compare(list, wanted, drift->source);
		drift->unsaved = find_unsaved(list, wanted, live);
		json_decref(list);
	}
	if (live_read_dump(live->home, true, &list, &ignored) ==
		LIVE_DUMP_READ) {
		drift->backup = compare(list, wanted, drift->source);
		json_decref(list);
	}
}
