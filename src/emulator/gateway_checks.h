/* SPDX-License-Identifier: MIT */
/*
 * The checks of gateway.c that have a file of their own.
 */
#ifndef EMULATOR_GATEWAY_CHECKS_H
#define EMULATOR_GATEWAY_CHECKS_H

#include "emulator/exchange.h"

/* The Unified API: the body's model says which provider is meant. */
check check_compat;

/*
 * Which key goes out: a header of the client wins over a stored key, whatever
 * its value.
 */
check check_credentials;

#endif
