"""A batch on a Spark cluster: the same judge, the same account, the same rows as on one machine.

Executors judge files of documents (`judging`), the driver keeps the account of all of them in the order of input
(`account`), and executors write the rows that count (`writing`). Whatever a run leaves under a final name is whole.
"""
