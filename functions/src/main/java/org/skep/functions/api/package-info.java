/**
 * How functions are declared and called: binding to argument types, kernels over batches, aggregate
 * states. Start at {@link org.skep.functions.api.ScalarFunction}.
 */
package org.skep.functions.api;
