/**
 * What declarations and kernels of functions share: signatures, readers of arguments, the order of
 * values. Start at {@link org.skep.functions.call.Signature} and {@link
 * org.skep.functions.call.RowKernel}.
 */
package org.skep.functions.call;
