package org.skep.columnar.parquet;
import org.skep.storage.*;
import org.skep.base.io.*;
import org.skep.base.memory.MemoryPool;
final class ParquetTableWriter { static TableWriter create(FileSystem f,String p,TableLayout l,MemoryPool m){ throw new org.skep.base.error.SkepException(org.skep.base.error.ErrorCode.NOT_SUPPORTED, "Cannot write Parquet yet");} }
