/* sandbox: what a child process may do, by Landlock. On kernels without it nothing is forbidden. */
#ifndef KG_PLOTS_SANDBOX_H
#define KG_PLOTS_SANDBOX_H

/* Rules: execute only `program` and its loader, write only below `folder` and, unless NULL, `scratch`. Returns a
 * descriptor for kg_sandbox_enter, -1 when the kernel has no Landlock; the caller closes it. */
int kg_sandbox_new(const char *program, const char *folder, const char *scratch);

/* Puts the calling process under the rules, for good. For the child between fork and exec: async-signal-safe.
 * A negative descriptor does nothing. Returns 0, or -1 when the kernel refused. */
int kg_sandbox_enter(int sandbox);

#endif
