/* SPDX-License-Identifier: MIT */
/* Taking addresses apart: which of the known shapes it is, and its parts. */
#include "profile/base_url.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "base/slice.h"
#include "base/text.h"
#include "profile/direct_internal.h"
#include "url/url.h"

#include <stdlib.h>
#include <string.h>

#define GATEWAY_HOST "gateway.ai.cloudflare.com"
#define REST_HOST "api.cloudflare.com"
#define DASHBOARD_HOST "dash.cloudflare.com"

/* A path's parts, walked through from the left. */
struct steps {
	const char *rest; /* begins with "/", or is "" */
};

/* The next part, owned, or NULL at the end (a final "/" counts as the end). */
static char *next_step(struct steps *steps)
{
	/* What joined two parts may have put two. */
	while (steps->rest[0] == '/' && steps->rest[1] == '/')
		steps->rest++;
	if (steps->rest[0] != '/' || steps->rest[1] == '\0')
		return NULL;
	size_t size = strcspn(steps->rest + 1, "/");
	char *step = memory_copy(steps->rest + 1, size);
	steps->rest += 1 + size;
	return step;
}

/* Whether the next part is `word`; then it is passed. */
static bool take_word(struct steps *steps, const char *word)
{
	size_t size = strlen(word);

	if (steps->rest[0] != '/' || strncmp(steps->rest + 1, word, size) != 0)
		return false;
	char after = steps->rest[1 + size];
	if (after != '/' && after != '\0')
		return false;
	steps->rest += 1 + size;
	return true;
}

static void set_text(char **target, char *owned)
{
	free(*target);
	*target = owned;
}

/*
 * Whether a path's end has the form of the endpoint `form`, where {model} and
 * the like stand for one part ("{model}:generateContent": its beginning).
 * Returns where the end begins; *model is that part.
 */
static const char *match_endpoint(
	const char *path, const char *form, char **model)
{
	size_t parts = 1;

	for (const char *at = form; *at && *at != '?'; at++)
		parts += *at == '/';
	const char *start = path + strlen(path);
	while (parts > 0 && start > path) {
		start--;
		parts -= *start == '/';
	}
	if (parts > 0)
		return NULL;
	const char *at = start;
	while (*form && *form != '?') {
		if (*at++ != '/')
			return NULL;
		size_t size = strcspn(at, "/");
		size_t form_size = strcspn(form, "/?");
		if (*form == '{') {
			size_t name = strcspn(form, "}") + 1;
			const char *colon = memchr(at, ':', size);
			if (size == 0 || (form_size > name && !colon))
				return NULL;
			size_t value =
				form_size > name ? (size_t)(colon - at) : size;
			if (strncmp(form, "{model}", 7) == 0)
				set_text(model, memory_copy(at, value));
		} else if (size != form_size || memcmp(at, form, size) != 0) {
			return NULL;
		}
		at += size;
		form += form_size;
		form += *form == '/';
	}
	return start;
}

/* Endpoints that no catalogue entry has to name. */
static const char *const common_endpoints[] = {
	"chat/completions",
	"images/generations",
	"audio/transcriptions",
	"audio/speech",
	"v1beta/models/{model}:generateContent",
	"v1/models/{model}:generateContent",
	"publishers/{publisher}",
	"v1/messages",
	"messages",
	"v2/chat",
	"model/{model}/invoke",
	"completions",
	"embeddings",
	"responses",
	"models",
};

static const char *find_end(
	const char *path, const struct provider *entry, char **model)
{
	const char *end = NULL;

	/* "{model}" alone (Hugging Face) would take any last part. */
	if (entry && entry->chat_path[0] != '{')
		end = match_endpoint(path, entry->chat_path, model);
	if (!end && entry && entry->models_path)
		end = match_endpoint(path, entry->models_path, model);
	for (size_t i = 0; !end && i < ARRAY_SIZE(common_endpoints); i++)
		end = match_endpoint(path, common_endpoints[i], model);
	return end;
}

/* "/azure-openai/{resource}/{deployment}": the model is the deployment. */
static void take_deployment(struct address *address)
{
	const char *last = strrchr(address->path, '/');

	if (text_equal(address->provider, "azure-openai") && last &&
		last != address->path && last[1] != '{' && !address->model)
		address->model = memory_text(last + 1);
}

/* Workers AI's native form has the model in the path: @cf/author/name. */
static bool take_workers_model(struct address *address, const char *rest)
{
	if (!text_equal(address->provider, "workers-ai") ||
		!text_starts_with(rest, "/@"))
		return false;
	address->model = memory_text(rest + 1);
	address->path = memory_text("/v1");
	address->endpoint = memory_text(rest);
	return true;
}

/* A dynamic route is a model of the Unified API, and no provider. */
static bool take_dynamic_route(struct address *address, struct steps *steps)
{
	if (!text_equal(address->provider, "dynamic"))
		return false;
	OWNED char *name = next_step(steps);
	set_text(&address->provider, memory_text("compat"));
	address->path = memory_text("");
	if (name)
		address->model = memory_printf("dynamic/%s", name);
	address->remark =
		N_("a dynamic route is a model's name for the provider "
		   "compat, and no part of the address");
	return true;
}

/* Provider, path, endpoint and model out of "/custom-xiaomi/v1/...". */
static void take_route(struct address *address, struct steps *steps)
{
	address->provider = next_step(steps);
	if (!address->provider || take_dynamic_route(address, steps) ||
		take_workers_model(address, steps->rest))
		return;
	const struct provider *entry = catalogue_find(address->provider);
	size_t size = strlen(steps->rest);
	while (size > 0 && steps->rest[size - 1] == '/')
		size--;
	OWNED char *path = memory_copy(steps->rest, size);
	const char *end = find_end(path, entry, &address->model);
	size_t kept = end ? (size_t)(end - path) : size;
	address->path = memory_copy(path, kept);
	if (kept < size)
		address->endpoint = memory_text(path + kept);
	take_deployment(address);
}

static void take_origin(struct address *address, const struct url *url)
{
	const char *scheme = url->scheme;

	if (text_equal(scheme, "wss"))
		scheme = "https";
	else if (text_equal(scheme, "ws"))
		scheme = "http";
	set_text(&address->origin,
		memory_printf("%s://%s%s%s", scheme, url->host,
			*url->port ? ":" : "", url->port));
}

static bool is_hex(const char *text)
{
	return text_only(text, TEXT_HEX);
}

static bool is_account(const char *text)
{
	return text && strlen(text) == 32 && is_hex(text);
}

/* Some name the ids in front of them, as the REST API does:
 * /v1/account/<account>/gateway/<gateway>. */
static bool is_labelled(const struct address *address)
{
	return is_account(address->gateway) &&
		(text_equal(address->account_id, "account") ||
			text_equal(address->account_id, "accounts"));
}

/* <origin>/v1/<account>/<gateway>[/<provider>...], and what is cut short. */
static void parse_gateway(struct address *address, const struct url *url)
{
	struct steps steps = { url->path };

	address->kind = ADDRESS_GATEWAY;
	take_origin(address, url);
	if (!take_word(&steps, "v1"))
		address->remark =
			N_("a gateway's address goes on with /v1/<account "
			   "ID>/<gateway>/<provider>");
	address->account_id = next_step(&steps);
	address->gateway = next_step(&steps);
	if (is_labelled(address)) {
		free(address->account_id);
		address->account_id = address->gateway;
		if (!take_word(&steps, "gateway"))
			(void)take_word(&steps, "gateways");
		address->gateway = next_step(&steps);
	}
	bool socket = text_starts_with(url->scheme, "ws");
	take_route(address, &steps);
	if (socket) {
		address->kind = ADDRESS_WEBSOCKET;
		address->remark = N_(
			"the gateway's WebSocket address; SDKs use https, with "
			"the provider behind the gateway's name");
	} else if (!address->provider && address->gateway) {
		address->kind = ADDRESS_UNIVERSAL;
		address->remark = N_(
			"the gateway's root, where the universal endpoint is; "
			"an SDK needs the provider behind it, as /openai or "
			"/custom-xiaomi/v1");
	}
}

/* https://api.cloudflare.com/client/v4/accounts/<id>/... */
static void parse_rest(struct address *address, const struct url *url)
{
	struct steps steps = { url->path };

	address->kind = ADDRESS_REST;
	address->remark = N_(
		"Cloudflare's REST API, which takes a Cloudflare token and no "
		"provider key; use https://" GATEWAY_HOST
		"/v1/<account ID>/<gateway>/<provider>");
	if (!take_word(&steps, "client") || !take_word(&steps, "v4") ||
		!take_word(&steps, "accounts"))
		return;
	address->account_id = next_step(&steps);
	if (take_word(&steps, "ai-gateway") && take_word(&steps, "gateways"))
		address->gateway = next_step(&steps);
	else if (take_word(&steps, "ai") && take_word(&steps, "run") &&
		text_starts_with(steps.rest, "/@")) {
		address->provider = memory_text("workers-ai");
		address->model = memory_text(steps.rest + 1);
	}
	if (address->gateway && take_word(&steps, "url"))
		address->provider = next_step(&steps);
}

/*
 * https://dash.cloudflare.com/<account>/ai/ai-gateway/gateways/<name>/...
 * Older pages have no /gateways, or end in /general and the like; ?to= in a
 * link keeps the account as :account, which is no value.
 */
static void parse_dashboard(struct address *address, const struct url *url)
{
	static const char *const pages[] = { "gateways", "gateway", "create",
		"new", "overview", "logs", "settings", "custom-providers",
		"providers", "get-started", "edit", "general" };
	/* A link's ?to=/<account>/ai/... stands for the path. */
	bool link = url->query && text_starts_with(url->query, "to=/");
	struct steps steps = { link ? url->query + strlen("to=") : url->path };

	address->kind = ADDRESS_DASHBOARD;
	address->account_id = next_step(&steps);
	/* Also one that is a letter short, for others to tell: no page's name
	 * is so long and all hex. */
	if (address->account_id &&
		(strlen(address->account_id) < 16 ||
			!is_hex(address->account_id))) {
		set_text(&address->account_id, NULL);
		return;
	}
	(void)take_word(&steps, "ai");
	if (!take_word(&steps, "ai-gateway"))
		return;
	if (take_word(&steps, "gateways") || take_word(&steps, "gateway")) {
		address->gateway = next_step(&steps);
		if (address->gateway && text_equal(address->gateway, "new"))
			set_text(&address->gateway, NULL);
		return;
	}
	char *name = next_step(&steps);
	for (size_t i = 0; name && i < ARRAY_SIZE(pages); i++)
		if (text_equal(name, pages[i]))
			set_text(&name, NULL);
	address->gateway = name;
}

/* A provider's own API. Where the catalogue knows its host alone, a custom
 * provider's path is the address's own: base_url at Cloudflare is the host. */
static bool parse_direct(struct address *address, const struct url *url)
{
	struct direct_match match = { 0 };
	size_t size = strlen(url->path);

	if (!direct_find(url, &match))
		return false;
	const struct provider *entry = match.entry;
	const char *end = find_end(url->path, entry, &address->model);
	address->kind = ADDRESS_DIRECT;
	address->remark = N_("the provider's own address, without the gateway");
	address->provider = memory_text(entry->segment);
	if (end) {
		address->endpoint = memory_text(end);
		size = (size_t)(end - url->path);
	}
	while (size > 0 && url->path[size - 1] == '/')
		size--;
	take_origin(address, url);
	address->direct_url =
		memory_printf("%s%.*s", address->origin, (int)size, url->path);
	set_text(&address->origin, NULL);
	/* Google's /v1beta/openai is for OpenAI's SDK, through the gateway too.
	 */
	bool compatible =
		slice_ends((struct slice){ url->path, size }, "/openai");
	bool own = (entry->custom || compatible) && size > match.size;
	address->path = own ? memory_copy(url->path, size) : match.path;
	if (own)
		free(match.path);
	take_deployment(address);
	return true;
}

/* Hosts that others give away, and their gateways: a custom domain is in a zone
 * of one's own. */
static bool is_given_host(const char *host)
{
	static const char *const endings[] = { ".workers.dev", ".pages.dev",
		".trycloudflare.com", ".azure-api.net", ".azurewebsites.net",
		".vercel.app", ".vercel.sh", ".netlify.app", ".onrender.com",
		".fly.dev", ".railway.app", ".herokuapp.com", ".run.app",
		".amazonaws.com", ".hf.space", ".portkey.ai", ".helicone.ai" };

	return slice_fits_any(
		slice_of(host), slice_ends, endings, ARRAY_SIZE(endings));
}

/* A provider's own API, a custom domain, or something else. */
static void parse_other(struct address *address, const struct url *url)
{
	struct steps steps = { url->path };

	if (parse_direct(address, url))
		return;
	OWNED char *first = next_step(&steps);
	bool known = first && !is_given_host(url->host) &&
		(text_starts_with(first, CUSTOM_PREFIX) ||
			catalogue_find(first));
	if (!known) {
		address->remark =
			N_("neither a gateway's address nor a provider that is "
			   "known");
		return;
	}
	steps.rest = url->path;
	address->kind = ADDRESS_CUSTOM_DOMAIN;
	take_origin(address, url);
	take_route(address, &steps);
}

/* An emulator on another host: /v1/<32 hex digits>/..., or loopback's /v1/. */
static bool has_gateway_shape(const struct url *url)
{
	struct steps steps = { url->path };

	if (!take_word(&steps, "v1"))
		return false;
	OWNED char *account = next_step(&steps);
	OWNED char *gateway = next_step(&steps);
	OWNED char *provider = next_step(&steps);
	bool shape = is_account(account) && gateway;
	shape = shape || (provider && url_host_is_loopback(url->host));
	return shape;
}

bool address_parse(const char *text, struct address *address, struct error *err)
{
	SCOPED(url) struct url url = { 0 };

	if (!url_parse(text, &url, err))
		return false;
	*address = (struct address){ .kind = ADDRESS_OTHER };
	if (text_equal(url.host, REST_HOST))
		parse_rest(address, &url);
	else if (text_equal(url.host, DASHBOARD_HOST) ||
		text_equal(url.host, "one.dash.cloudflare.com"))
		parse_dashboard(address, &url);
	else if (text_equal(url.host, GATEWAY_HOST) || has_gateway_shape(&url))
		parse_gateway(address, &url);
	else
		parse_other(address, &url);
	return true;
}

void address_release(struct address *address)
{
	free(address->origin);
	free(address->account_id);
	free(address->gateway);
	free(address->provider);
	free(address->path);
	free(address->endpoint);
	free(address->model);
	free(address->direct_url);
	*address = (struct address){ 0 };
}
