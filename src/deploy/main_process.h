/* SPDX-License-Identifier: MIT */
/*
 * Which process a restart command is about, by asking who runs it: systemd for
 * a unit, docker or podman for a container or a service of a compose file, the
 * pid file of pkill.
 */
#ifndef DEPLOY_MAIN_PROCESS_H
#define DEPLOY_MAIN_PROCESS_H

#include <jansson.h>
#include <stdbool.h>
#include <sys/types.h>

/*
 * The main process, run by somebody who may be another user; 0 where it does
 * not run here. *known is false where it cannot be told: another kind of
 * command, or nobody who answers. Asks within some seconds, in that folder.
 */
pid_t main_process_of(const json_t *argv, const char *directory, bool *known);

#endif
