/* SPDX-License-Identifier: MIT */
/* Settings in the order in which a vault writes them. */
#include "settings/settings_internal.h"

#include "base/json.h"
#include "base/memory.h"

static json_t *record_in_order(enum settings_group group, json_t *record);

/* All members by name; those of a map are records where they have settings. */
static void put_sorted(json_t *sorted, json_t *object,
	enum settings_group below, bool notes_alone)
{
	OWNED const char **names = json_sorted_names(object);

	for (size_t i = 0; i < json_object_size(object); i++) {
		json_t *value = json_object_get(object, names[i]);
		if (notes_alone && !settings_is_note(names[i]))
			continue;
		json_put(sorted, names[i],
			below ? record_in_order(below, value)
			      : json_incref(value));
	}
}

static json_t *value_in_order(const struct setting *setting, json_t *value)
{
	if (setting->type == TYPE_RECORD)
		return record_in_order(setting->below, value);
	if (setting->type == TYPE_RECORDS) {
		json_t *list = json_new_list();
		JSON_EACH(item, value)
			json_push(list,
				record_in_order(setting->below, item.value));
		return list;
	}
	if (setting->type & (TYPE_TEXT_MAP | TYPE_RECORD_MAP)) {
		json_t *map = json_new_object();
		put_sorted(map, value, setting->below, false);
		return map;
	}
	return json_incref(value);
}

static json_t *record_in_order(enum settings_group group, json_t *record)
{
	const struct setting *setting = NULL;
	json_t *ordered = json_new_object();

	while ((setting = setting_next(group, setting))) {
		json_t *value = json_object_get(record, setting->member);
		if (value)
			json_put(ordered, setting->member,
				value_in_order(setting, value));
	}
	put_sorted(ordered, record, SETTINGS_TOP, true);
	return ordered;
}

json_t *settings_in_order(json_t *settings)
{
	return record_in_order(SETTINGS_TOP, settings);
}
