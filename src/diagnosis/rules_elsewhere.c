/* SPDX-License-Identifier: MIT */
/* A provider that failed, a page, no answer at all; and whatever is left. */
#include "diagnosis/rules_internal.h"

#include "base/attributes.h"

/* clang-format off */
EITHER(error_said,
	N_("the call was refused in words that aigenv does not know; the paste does not show whose they are"),
	SHOW_BODY, GATEWAY_ERROR, N_("the whole answer, with its headers"));
SENTENCE(busy,
	FIRST_OF(N_("{provider} is overloaded or failed; token, key and URL were not what it complains of"),
		N_("the provider is overloaded or failed; token, key and URL were not what it complains of")),
	N_("try again later, and look at the provider's status page"));
SENTENCE(provider_refused,
	FIRST_OF(N_("{provider} refuses the request for a reason of its own"),
		N_("the provider refuses the request for a reason of its own")),
	N_("read what it says; `aigenv verify --explain` shows all that was sent and received"));
EITHER(page_refuses,
	N_("a web server refuses the call with a web page: some providers answer a wrong key that way, and so does a proxy that wants a login of its own"),
	N_("make sure that {header} goes out with the provider's own key; else check the base URL, and what stands between (HTTPS_PROXY, NO_PROXY)"),
	NOT_AN_API, N_("the answer's headers"));
SENTENCE(page_access,
	N_("Cloudflare Access stands in front and wants a login"),
	N_("give the machine a service token, or take Access off this path; use the gateway's own address meanwhile: `aigenv config unset custom_domain`"));
SENTENCE(page_proxy,
	N_("a proxy or portal on the way answered, not Cloudflare: the answer has no cf-ray"),
	N_("check HTTPS_PROXY and NO_PROXY, and whether this network wants a login"));
SENTENCE(encoded,
	N_("the answer is compressed, but in a way that was not asked for, or damaged: something on the way changes answers ({fault})"),
	N_("check HTTPS_PROXY, and any proxy in front of custom_domain"));
SENTENCE(other_json,
	N_("the answer is JSON, but no completion: another kind of API is at this address"),
	N_("check the path against {show_slug}"));
SENTENCE(no_name,
	N_("the host name could not be resolved: {fault}"),
	N_("check origin or custom_domain, the resolver of this machine, and HTTPS_PROXY"));
SENTENCE(no_connection,
	N_("no connection: {fault}"),
	N_("check that this machine may reach the host (firewall, HTTPS_PROXY), and the port of origin"));
EITHER(no_answer,
	N_("no answer came: there was no connection, or the host's name was not found, or TLS failed; the paste does not show which"),
	N_("check the host's name in the base URL, and that this machine may reach it (firewall, HTTPS_PROXY)"),
	DNS_FAILED, N_("`curl -v` to the same address, from the same machine"));
SENTENCE(no_proxy,
	N_("no connection: {fault}"),
	N_("check HTTPS_PROXY, its user and password, and whether the host belongs in NO_PROXY"));
SENTENCE(tls_refused,
	N_("the TLS connection failed: {fault}; servers refuse like that when the client names no host (SNI), or one that they do not have"),
	N_("in nginx: `proxy_ssl_server_name on;` and the host in proxy_pass; elsewhere make sure that the host's name, not its address, is called"));
SENTENCE(no_tls,
	N_("the TLS connection failed: {fault}"),
	N_("check the clock and the certificates of this machine; behind an inspecting proxy name its authority in SSL_CERT_FILE"));
SENTENCE(tls_time,
	N_("the TLS connection failed: {fault}"),
	N_("check this machine's clock (`date`); if it is right, the server needs a new certificate"));
SENTENCE(tls_host,
	N_("the TLS connection failed: {fault}"),
	N_("check origin or custom_domain: is this the server that is meant?"));
SENTENCE(tls_authority,
	N_("the TLS connection failed: {fault}"),
	N_("install ca-certificates; behind an inspecting proxy name the file with its authority in SSL_CERT_FILE"));
SENTENCE(too_late,
	N_("{fault}"),
	N_("try again, or with a longer limit: `aigenv verify --timeout 120`"));
SENTENCE(redirects,
	N_("no answer came: {fault}"),
	N_("see with `curl -i` where the base URL leads, and what redirects there: a login, or http and https that lead to each other"));
SENTENCE(no_whole_answer,
	N_("an answer began, but cannot be used: {fault}"),
	N_("try again; if it stays, see what stands between: a proxy, or another server at this address"));

static const struct rule rows[] = {
	/* The provider, for a reason of its own. */
	{ FROM(PROVIDERS), NEEDS(F(SAYS_BUSY) | F(PASTED)), IS(PROVIDER_ERROR, busy) },
	{ FROM(PROVIDERS), STATUS(500, 599), NEEDS(F(SAID_ONLY)), LACKS(F(DIRECT) | F(THROUGH_GATEWAY) | F(SAYS_WHOSE)), IS(PROVIDER_ERROR, failed_unseen) },
	{ FROM(PROVIDERS), STATUS(500, 599), NEEDS(F(DIRECT_WORKS)), IS(PROVIDER_ERROR, provider_closed_to_gateway) },
	{ FROM(PROVIDERS), STATUS(500, 599), NEEDS(F(DIRECT_FAILS)), IS(PROVIDER_ERROR, provider_failed_both) },
	{ FROM(PROVIDERS), STATUS(500, 599), ASK(DIRECT), IS(PROVIDER_ERROR, provider_failed) },
	{ FROM(PROVIDERS), STATUS(400, 499), NEEDS(F(MODEL_NOT_LISTED)), IS(MODEL_NOT_FOUND, model_unknown) },
	{ FROM(PROVIDERS), NEEDS(F(SAID_ONLY)), LACKS(F(DIRECT) | F(THROUGH_GATEWAY)), IS(PROVIDER_ERROR, error_said) },
	{ FROM(PROVIDERS), STATUS(400, 499), ASK(MODEL), IS(PROVIDER_ERROR, provider_refused) },
	{ FROM(PROVIDERS), IS(PROVIDER_ERROR, provider_refused) },

	/* Pages and text: no API spoke. */
	{ FROM(PAGES), NEEDS(F(ACCESS)), IS(NOT_AN_API, page_access) },
	{ FROM(PAGES), STATUS(401, 401), NEEDS(F(PASTED)), IS(PROVIDER_KEY_REJECTED, page_refuses) },
	{ FROM(PAGES), STATUS(401, 401), ASK(PATH), IS(NOT_AN_API, page) },
	{ FROM(PAGES), STATUS(500, 599), NEEDS(F(DIRECT)), IS(PROVIDER_ERROR, provider_failed) },
	{ FROM(PAGES), STATUS(500, 599), NEEDS(F(THROUGH_GATEWAY)), IS(PROVIDER_ERROR, provider_failed) },
	{ FROM(PAGES), STATUS(500, 599), NEEDS(F(THROUGH_EDGE)), IS(GATEWAY_ERROR, gateway_failed) },
	{ FROM(PAGES), STATUS(500, 599), NEEDS(F(PASTED)), LACKS(F(NO_EDGE)), IS(PROVIDER_ERROR, failed_unseen) },
	{ FROM(PAGES), STATUS(400, 599), NEEDS(F(NO_EDGE)), LACKS(F(DIRECT)), IS(NOT_AN_API, page_proxy) },
	{ FROM(PAGES), IS(NOT_AN_API, page) },
	{ FROM(SPEAKER_JSON | SPEAKER_LIST), IS(NOT_AN_API, other_json) },

	/* No whole answer. */
	{ FAILED(HTTP_DNS_FAILED), IS(DNS_FAILED, no_name) },
	{ FAILED(HTTP_CONNECT_FAILED), BY(HTTP_FAULT_PROXY_CONNECT), IS(CONNECT_FAILED, no_proxy) },
	{ FAILED(HTTP_CONNECT_FAILED), BY(HTTP_FAULT_PROXY_PASSWORD), IS(CONNECT_FAILED, no_proxy) },
	{ FAILED(HTTP_CONNECT_FAILED), BY(HTTP_FAULT_PROXY_REFUSED), IS(CONNECT_FAILED, no_proxy) },
	{ FAILED(HTTP_CONNECT_FAILED), BY(HTTP_FAULT_CONNECT), NEEDS(F(PASTED)), IS(CONNECT_FAILED, no_answer) },
	{ FAILED(HTTP_CONNECT_FAILED), IS(CONNECT_FAILED, no_connection) },
	{ FAILED(HTTP_TLS_FAILED), BY(HTTP_FAULT_CERTIFICATE_EXPIRED), IS(TLS_FAILED, tls_time) },
	{ FAILED(HTTP_TLS_FAILED), BY(HTTP_FAULT_CERTIFICATE_EARLY), IS(TLS_FAILED, tls_time) },
	{ FAILED(HTTP_TLS_FAILED), BY(HTTP_FAULT_CERTIFICATE_HOST), IS(TLS_FAILED, tls_host) },
	{ FAILED(HTTP_TLS_FAILED), BY(HTTP_FAULT_CERTIFICATE_AUTHORITY), IS(TLS_FAILED, tls_authority) },
	{ FAILED(HTTP_TLS_FAILED), BY(HTTP_FAULT_TLS_REFUSED), IS(TLS_FAILED, tls_refused) },
	{ FAILED(HTTP_TLS_FAILED), IS(TLS_FAILED, no_tls) },
	{ FAILED(HTTP_TIMED_OUT), IS(TIMED_OUT, too_late) },
	{ FAILED(HTTP_BROKEN), BY(HTTP_FAULT_REDIRECTS), IS(REDIRECTED, redirects) },
	{ FAILED(HTTP_BROKEN), NEEDS(F(ENCODED)), IS(NOT_AN_API, encoded) },
	{ FAILED(HTTP_BROKEN), IS(NOT_AN_API, no_whole_answer) },
	{ 0, .cause = DIAGNOSIS_NOT_AN_API, .sentence = &sentence_page },
};
/* clang-format on */

const struct rule_group rules_elsewhere = { rows, ARRAY_SIZE(rows) };
