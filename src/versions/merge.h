/* SPDX-License-Identifier: MIT */
/*
 * A vault out of two versions that git could not merge (vault-format section 9,
 * "git"):
 *
 *     SCOPED(merge) struct merge merge = MERGE(options);
 *
 *     merge_open(&merge, &request, &found, err)   read, verify; nothing asked
 *     merge_do(&merge, &decider, err)             in memory
 *     ... shown, agreed to ...
 *     merge_save(&merge, err)                     lock, seal, write
 *
 * A profile that one side alone has changed is taken from there as it stands,
 * as git would; one that both have changed is merged (versions/profile_merge.h)
 * and sealed by this identity, as the generation after the later of the two.
 */
#ifndef VERSIONS_MERGE_H
#define VERSIONS_MERGE_H

#include "versions/profile_merge.h"
#include "versions/sources.h"

struct merge_request {
	/* Files; NULL for OURS and THEIRS: git's index. All borrowed. */
	const char *files[VERSIONS];
	/* Where the result goes, and nothing is remembered; NULL: the vault. */
	const char *out;
};

struct merge {
	struct session session; /* its vault is what will be written */
	struct merge_request request;
	struct sources sources;
	struct vault *vaults[VERSIONS]; /* owned; of VERSION_BASE maybe NULL */
	/* Those that both sides have changed. Owned. */
	struct profile_merge *profiles;
	size_t count;
};

#define MERGE(options_) ((struct merge){ .session = SESSION(options_) })

/*
 * *found is false where there is nothing to merge: git's index has no conflict,
 * and the vault is whole. STATUS_*: as profile_merge_open.
 */
bool merge_open(struct merge *merge, const struct merge_request *request,
	bool *found, struct error *err) MUST_CHECK;

/* STATUS_*: as profile_merge_do. A profile that one side removed and the other
 * changed is a conflict "profile". */
bool merge_do(struct merge *merge, const struct decider *decider,
	struct error *err) MUST_CHECK;

/* STATUS_BUSY where the file has changed since merge_open. */
bool merge_save(struct merge *merge, struct error *err) MUST_CHECK;

void merge_release(struct merge *merge);

#endif
