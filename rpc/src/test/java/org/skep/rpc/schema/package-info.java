/** Tests of result schemas. Start at {@link org.skep.rpc.schema.SchemaTest}. */
package org.skep.rpc.schema;
