/* SPDX-License-Identifier: MIT */
#include "versions/settings_merge.h"

#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "settings/value.h"

#include <stdlib.h>

struct merging {
	const char *profile;
	const struct decider *decider;
	struct error *err;
};

/* One value in the three; NULL where it is not there. Borrowed. */
struct three {
	json_t *values[VERSIONS];
};

static bool is_same(json_t *a, json_t *b)
{
	return a == b || (a && b && json_equal(a, b));
}

static struct three members_of(const struct three *three, const char *name)
{
	struct three inner = { { NULL } };

	for (size_t i = 0; i < VERSIONS; i++)
		inner.values[i] = json_object_get(three->values[i], name);
	return inner;
}

static bool choose(const struct merging *merging, const char *key,
	const struct three *three, enum version *side)
{
	json_t *const *values = three->values;
	const struct likeness likeness = { is_same(values[VERSION_OURS],
						   values[VERSION_THEIRS]),
		is_same(values[VERSION_BASE], values[VERSION_OURS]),
		is_same(values[VERSION_BASE], values[VERSION_THEIRS]) };
	char *texts[VERSIONS];

	for (size_t i = 0; i < VERSIONS; i++)
		texts[i] = settings_line(values[i]);
	const struct conflict conflict = { merging->profile, key,
		texts[VERSION_BASE], texts[VERSION_OURS],
		texts[VERSION_THEIRS] };
	bool ok = decide_side(
		merging->decider, &likeness, &conflict, side, merging->err);
	for (size_t i = 0; i < VERSIONS; i++)
		free(texts[i]);
	return ok;
}

/* *merged is a new reference, NULL where the value goes. */
static bool merge_whole(const struct merging *merging, const char *key,
	const struct three *three, json_t **merged)
{
	enum version side = VERSION_OURS;

	if (!choose(merging, key, three, &side))
		return false;
	*merged = json_incref(three->values[side]);
	return true;
}

/* Lists of records that have a name each */

struct named_list {
	const char *list;
	const char *member; /* of a record, by which it is told from others */
};

static const struct named_list named_lists[] = {
	{ "routes", "name" },
	{ "outputs", "path" },
};

static const struct named_list *find_named_list(const char *key)
{
	for (size_t i = 0; i < ARRAY_SIZE(named_lists); i++)
		if (text_equal(named_lists[i].list, key))
			return &named_lists[i];
	return NULL;
}

/* The records by name; NULL where that is not one each. New reference. */
static json_t *index_of(json_t *list, const char *member)
{
	json_t *index = json_new_object();

	JSON_EACH(record, list) {
		const char *name = json_text(record.value, member);
		if (!name || json_object_get(index, name)) {
			json_decref(index);
			return NULL;
		}
		json_put_shared(index, name, record.value);
	}
	return index;
}

/* The names of a list, less those that `within` has not (NULL: all), in their
 * order. New reference. */
static json_t *order_of(json_t *index, json_t *within)
{
	json_t *order = json_new_list();

	/* jansson keeps the order in which members were put. */
	JSON_EACH_MEMBER(record, index)
		if (!within || json_object_get(within, record.name))
			json_push_text(order, record.name);
	return order;
}

/* Which side's order is the merged one's; what the other adds comes last. */
static bool choose_order(const struct merging *merging, const char *key,
	const struct three *indexes, enum version *side)
{
	json_t *const *values = indexes->values;
	JSON_SCOPED json_t *ours =
		order_of(values[VERSION_OURS], values[VERSION_THEIRS]);
	JSON_SCOPED json_t *theirs =
		order_of(values[VERSION_THEIRS], values[VERSION_OURS]);
	JSON_SCOPED json_t *common = json_new_object();

	for (size_t i = 0; i < json_array_size(ours); i++)
		json_put(common, json_string_value(json_array_get(ours, i)),
			json_true());
	if (json_equal(ours, theirs)) {
		JSON_SCOPED json_t *before =
			order_of(values[VERSION_BASE], NULL);
		JSON_SCOPED json_t *now = order_of(values[VERSION_OURS], NULL);
		*side = json_equal(before, now) ? VERSION_THEIRS : VERSION_OURS;
		return true;
	}
	JSON_SCOPED json_t *base = order_of(values[VERSION_BASE], common);
	const struct three orders = { { base, ours, theirs } };
	return choose(merging, key, &orders, side);
}

static void push_in_order(json_t *list, json_t *merged, json_t *index)
{
	JSON_EACH_MEMBER(record, index) {
		json_t *taken = json_object_get(merged, record.name);
		if (taken)
			json_push_shared(list, taken);
		(void)json_object_del(merged, record.name);
	}
}

static bool merge_records(const struct merging *merging,
	const struct named_list *named, const struct three *indexes,
	json_t *merged)
{
	JSON_SCOPED json_t *names = json_new_object();
	bool ok = true;

	for (size_t i = 0; i < VERSIONS; i++)
		json_put_all(names, indexes->values[i]);
	JSON_EACH_MEMBER(record, names) {
		const struct three three = members_of(indexes, record.name);
		json_t *taken = NULL;
		OWNED char *key =
			memory_printf("%s.%s", named->list, record.name);
		ok = merge_whole(merging, key, &three, &taken);
		if (!ok)
			break;
		if (taken)
			json_put(merged, record.name, taken);
	}
	return ok;
}

static bool merge_indexed(const struct merging *merging,
	const struct named_list *named, const struct three *indexes,
	json_t **list)
{
	JSON_SCOPED json_t *merged = json_new_object();
	enum version side = VERSION_OURS;

	if (!merge_records(merging, named, indexes, merged) ||
		!choose_order(merging, named->list, indexes, &side))
		return false;
	*list = json_new_list();
	push_in_order(*list, merged, indexes->values[side]);
	push_in_order(*list, merged,
		indexes->values[side == VERSION_OURS ? VERSION_THEIRS
						     : VERSION_OURS]);
	return true;
}

static bool merge_list(const struct merging *merging,
	const struct named_list *named, const struct three *three,
	json_t **list)
{
	struct three indexes = { { NULL } };
	bool named_all =
		three->values[VERSION_OURS] && three->values[VERSION_THEIRS];
	bool ok = false;

	for (size_t i = 0; i < VERSIONS; i++) {
		indexes.values[i] = index_of(three->values[i], named->member);
		named_all = named_all && indexes.values[i];
	}
	ok = named_all ? merge_indexed(merging, named, &indexes, list)
		       : merge_whole(merging, named->list, three, list);
	for (size_t i = 0; i < VERSIONS; i++)
		json_decref(indexes.values[i]);
	return ok;
}

/* Objects: pm2, vars, schema, and the settings themselves */

static bool merge_object(const struct merging *merging, const char *prefix,
	const struct three *three, json_t **merged);

static bool is_object_on_both_sides(const struct three *three)
{
	json_t *base = three->values[VERSION_BASE];

	return json_is_object(three->values[VERSION_OURS]) &&
		json_is_object(three->values[VERSION_THEIRS]) &&
		(!base || json_is_object(base));
}

static bool merge_member(const struct merging *merging, const char *key,
	const struct three *three, json_t **merged)
{
	const struct named_list *named = find_named_list(key);

	if (named)
		return merge_list(merging, named, three, merged);
	if (is_object_on_both_sides(three))
		return merge_object(merging, key, three, merged);
	return merge_whole(merging, key, three, merged);
}

static bool merge_object(const struct merging *merging, const char *prefix,
	const struct three *three, json_t **merged)
{
	JSON_SCOPED json_t *names = json_new_object();
	JSON_SCOPED json_t *object = json_new_object();
	bool ok = true;

	for (size_t i = 0; i < VERSIONS; i++)
		if (three->values[i])
			json_put_all(names, three->values[i]);
	JSON_EACH_MEMBER(member, names) {
		const struct three inner = members_of(three, member.name);
		json_t *taken = NULL;
		OWNED char *key = memory_printf(
			"%s%s%s", prefix, *prefix ? "." : "", member.name);
		ok = merge_member(merging, key, &inner, &taken);
		if (!ok)
			return false;
		if (taken)
			json_put(object, member.name, taken);
	}
	*merged = json_incref(object);
	return true;
}

json_t *settings_merge(const struct settings_versions *versions,
	const struct decider *decider, struct error *err)
{
	const struct merging merging = { versions->profile, decider, err };
	const struct three three = { { versions->base, versions->ours,
		versions->theirs } };
	json_t *merged = NULL;

	return merge_object(&merging, "", &three, &merged) ? merged : NULL;
}
