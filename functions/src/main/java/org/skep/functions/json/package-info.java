/**
 * Reading values out of JSON texts by path. Start at {@link org.skep.functions.json.JsonFunctions}.
 */
package org.skep.functions.json;
