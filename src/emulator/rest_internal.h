/* SPDX-License-Identifier: MIT */
/*
 * The handlers of the REST API, for rest.c, which has the table of their paths.
 */
#ifndef EMULATOR_REST_INTERNAL_H
#define EMULATOR_REST_INTERNAL_H

#include "emulator/rest_call.h"

rest_handler rest_verify, rest_groups, rest_list_tokens, rest_create_token,
	rest_get_token, rest_change_token, rest_delete_token, rest_roll_token;
rest_handler rest_list_gateways, rest_create_gateway, rest_get_gateway,
	rest_change_gateway, rest_delete_gateway, rest_gateway_url,
	rest_list_stored, rest_create_stored;
rest_handler rest_list_providers, rest_create_provider, rest_get_provider,
	rest_change_provider, rest_delete_provider;

#endif
