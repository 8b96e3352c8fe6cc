/* SPDX-License-Identifier: MIT */
/* The path behind the provider, of which Azure's may stand in several places.
 */
#include "paste/recognise.h"

#include "base/memory.h"
#include "base/text.h"

/* The first segment of a path, or what stands for it elsewhere. */
static void put_segment(
	struct slice *path, const struct finding *elsewhere, struct buf *out)
{
	struct slice rest = slice_from(*path, 1);
	struct slice segment = slice_first(rest, slice_find(rest, '/'));
	bool stands = segment.size > 0 && !is_no_value(segment);

	*path = slice_from(rest, segment.size);
	if (!stands && elsewhere)
		segment = slice_of(elsewhere->value);
	if (segment.size > 0) {
		buf_byte(out, '/');
		buf_append(out, segment.at, segment.size);
	}
}

char *recognised_path(const struct recognised *recognised, size_t endpoint,
	const char *provider)
{
	SCOPED(buf) struct buf out = BUF(VALUE_LIMIT);
	const struct address *address = endpoint == NO_ENDPOINT
		? NULL
		: &recognised->endpoints[endpoint].address;
	const char *own = address ? address->path : NULL;

	if (!address || !text_equal_or_null(provider, "azure-openai"))
		return own ? memory_text(own) : NULL;
	/* LibreChat has /${INSTANCE_NAME}/${DEPLOYMENT_NAME}; LangChain
	 * adds the deployment itself; YoMo has both beside the gateway's root.
	 */
	const struct finding *resource =
		recognised_find(recognised, endpoint, ROLE_RESOURCE);
	const struct finding *deployment =
		recognised_find(recognised, endpoint, ROLE_DEPLOYMENT);
	/* The AI SDK's createAzure({ baseURL: ".../azure-openai/acme" })("x").
	 */
	const struct finding *model =
		recognised_find(recognised, endpoint, ROLE_MODEL);
	if (!deployment && own && model && !model->variable)
		deployment = model;
	if (!own && !(resource && deployment))
		return NULL;
	struct slice path = slice_of(own ? own : "");
	put_segment(&path, resource, &out);
	put_segment(&path, deployment, &out);
	buf_append(&out, path.at, path.size);
	return memory_text(buf_cstring(&out));
}
