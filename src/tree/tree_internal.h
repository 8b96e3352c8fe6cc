/* SPDX-License-Identifier: MIT */
#ifndef TREE_TREE_INTERNAL_H
#define TREE_TREE_INTERNAL_H

#include "tree/tree.h"

/* walk.c: every file by folder. `built` tells those in built folders alone. */
void tree_walk(struct tree *tree, bool built, tree_found *found, void *context);

#endif
