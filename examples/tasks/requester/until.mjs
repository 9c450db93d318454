import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';

/** Waits until a condition holds, for ten seconds at most. */
export async function until(condition) {
  for (const start = performance.now(); !(await condition()); await setTimeout(20)) {
    assert.ok(performance.now() - start < 10_000, `waited in vain: ${condition}`);
  }
}
