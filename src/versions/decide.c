/* SPDX-License-Identifier: MIT */
#include "versions/decide.h"

const char *version_name(enum version version)
{
	static const char *const names[] = { "base", "ours", "theirs" };

	return names[version];
}

bool decide_side(const struct decider *decider, const struct likeness *likeness,
	const struct conflict *conflict, enum version *side, struct error *err)
{
	if (likeness->ours_theirs || likeness->base_theirs)
		*side = VERSION_OURS;
	else if (likeness->base_ours)
		*side = VERSION_THEIRS;
	else
		return decider->decide(decider->context, conflict, side, err);
	return true;
}
