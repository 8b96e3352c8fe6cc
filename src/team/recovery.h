/* SPDX-License-Identifier: MIT */
/*
 * A recovery identity: a second one, kept offline, that opens every profile of
 * the vault where the first is lost.
 */
#ifndef TEAM_RECOVERY_H
#define TEAM_RECOVERY_H

#include "team/sharing.h"

/* The name that it has in every profile. */
#define RECOVERY_NAME "recovery"

/* STATUS_INVALID where a profile of the loaded vault has one already. */
bool recovery_check_new(const struct sharing *sharing, struct error *err)
	MUST_CHECK;

/* Adds it as a writer to every profile that this identity can change, and
 * saves; as sharing_add_to_all. */
bool recovery_share(struct sharing *sharing, const struct identity *identity,
	struct error *err) MUST_CHECK;

#endif
