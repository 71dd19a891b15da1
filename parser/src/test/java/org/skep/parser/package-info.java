/** Tests of reading HiveQL. Start at {@link org.skep.parser.GoldenTest} and the texts it reads. */
package org.skep.parser;
